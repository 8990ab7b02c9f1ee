package dev.zerodowntime.probe.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import dev.zerodowntime.probe.model.ProbeException;
import org.jspecify.annotations.Nullable;

/** Puts TLS on a connection and checks whose it is, unless told not to. */
final class Tls {

	private final SSLContext shared;

	private final TrustManager[] trustManagers;

	private final boolean checkHost;

	private Tls(TrustManager[] trustManagers, boolean checkHost) throws GeneralSecurityException {
		this.trustManagers = trustManagers;
		this.shared = context();
		this.checkHost = checkHost;
	}

	static Tls of(TargetConfig config) {
		try {
			return new Tls(trustManagers(config), !config.insecure());
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new ProbeException(
					"cannot read certificates from " + config.caCertificates() + ": " + ex.getMessage(), ex);
		}
	}

	private static TrustManager[] trustManagers(TargetConfig config) throws GeneralSecurityException, IOException {
		if (config.insecure()) {
			return new TrustManager[] { new TrustEverybody() };
		}
		return (config.caCertificates() != null) ? trusting(config.caCertificates()) : trusting((KeyStore) null);
	}

	private static TrustManager[] trusting(Path pem) throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		try (InputStream in = Files.newInputStream(pem)) {
			for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
				store.setCertificateEntry("ca-" + store.size(), each);
			}
		}
		if (store.size() == 0) {
			throw new IOException("no certificate in it");
		}
		return trusting(store);
	}

	/** Trusts the certificates of a store, or, without one, those that the JDK trusts. */
	private static TrustManager[] trusting(@Nullable KeyStore store) throws GeneralSecurityException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(store);
		return factory.getTrustManagers();
	}

	/** A context remembers the sessions of its connections, and resumes them. */
	private SSLContext context() throws GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, this.trustManagers, null);
		return context;
	}

	/**
	 * Puts TLS on a connection.
	 * @param resume whether a session of an earlier connection may be resumed; if not,
	 * the handshake is a full one, as a first visitor's
	 */
	Socket handshake(Socket plain, String host, int port, boolean resume) throws IOException {
		SSLSocket socket = (SSLSocket) contextFor(resume).getSocketFactory().createSocket(plain, host, port, true);
		if (this.checkHost) {
			SSLParameters parameters = socket.getSSLParameters();
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
			socket.setSSLParameters(parameters);
		}
		socket.startHandshake();
		return socket;
	}

	private SSLContext contextFor(boolean resume) throws IOException {
		try {
			return resume ? this.shared : context();
		}
		catch (GeneralSecurityException ex) {
			throw new IOException("no TLS context", ex);
		}
	}

	/**
	 * What {@code --insecure} asks for: a server under test often has no real
	 * certificate.
	 */
	private static final class TrustEverybody extends X509ExtendedTrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
