package dev.zerodowntime.probe.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate for 127.0.0.1 and localhost, made by the running JDK's own
 * keytool and good for two days: no key is kept in the repository.
 */
public final class LoopbackCertificate {

	private static final String KEYS = "server.p12";

	private static final String CERTIFICATE = "server.pem";

	private static final long KEYTOOL_LIMIT_SECONDS = 30;

	public static final List<String> FILES = List.of(KEYS, CERTIFICATE);

	/** Of a key store that lives for as long as one test or warm-up. */
	private static final String PASSWORD = "changeit";

	private final SSLContext context;

	private final Path pem;

	private LoopbackCertificate(SSLContext context, Path pem) {
		this.context = context;
		this.pem = pem;
	}

	/**
	 * Makes a new one.
	 * @param directory where its files are put
	 * @return a certificate and its key
	 * @throws IOException if keytool fails
	 */
	public static LoopbackCertificate in(Path directory) throws IOException {
		Path store = directory.resolve(KEYS);
		keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-storetype", "PKCS12",
				"-keystore", store.toString(), "-storepass", PASSWORD, "-dname", "CN=localhost", "-ext",
				"san=ip:127.0.0.1,dns:localhost", "-validity", "2");
		try (InputStream in = Files.newInputStream(store)) {
			KeyStore keys = KeyStore.getInstance("PKCS12");
			keys.load(in, PASSWORD.toCharArray());
			KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			managers.init(keys, PASSWORD.toCharArray());
			SSLContext context = SSLContext.getInstance("TLS");
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(keys);
			context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
			String encoded = Base64.getMimeEncoder().encodeToString(keys.getCertificate("server").getEncoded());
			Path pem = directory.resolve(CERTIFICATE);
			Files.writeString(pem, "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n",
					StandardCharsets.US_ASCII);
			return new LoopbackCertificate(context, pem);
		}
		catch (GeneralSecurityException ex) {
			throw new IOException("the key that keytool made cannot be used", ex);
		}
	}

	private static void keytool(String... arguments) throws IOException {
		String[] command = new String[arguments.length + 1];
		command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
		System.arraycopy(arguments, 0, command, 1, arguments.length);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try {
			process.getOutputStream().close();
			// Read only after its end: a read of a process that hangs has no limit. Its
			// few
			// lines fit into the pipe.
			if (!process.waitFor(KEYTOOL_LIMIT_SECONDS, TimeUnit.SECONDS)) {
				throw new IOException("keytool has not ended within " + KEYTOOL_LIMIT_SECONDS + " s");
			}
			if (process.exitValue() != 0) {
				throw new IOException("keytool failed: " + new String(process.getInputStream().readAllBytes()).strip());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while keytool ran", ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * For a server that shows this certificate, and for a client that trusts it.
	 * @return a context
	 */
	public SSLContext context() {
		return this.context;
	}

	/**
	 * The certificate alone, as {@code --cacert} wants it.
	 * @return a PEM file
	 */
	public Path pem() {
		return this.pem;
	}

}
