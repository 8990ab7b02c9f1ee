package dev.zerodowntime.probe.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import dev.zerodowntime.probe.model.DropKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The messages are in another language, as glibc gives them: they decide nothing. */
class FailuresTest {

	@ParameterizedTest
	@MethodSource("failures")
	void aFailureIsNamedByItsTypeAndByHowFarTheRequestHadCome(Phase phase, Exception failure, DropKind kind) {
		assertThat(Failures.kindOf(phase, false, failure)).isEqualTo(kind);
	}

	static Stream<Arguments> failures() {
		return Stream.of(arguments(Phase.OPENING, new SocketException("열린 파일이 너무 많음"), DropKind.NOT_SENT),
				arguments(Phase.CONNECTING, new ConnectException("연결이 거부됨"), DropKind.REFUSED),
				arguments(Phase.CONNECTING, new BindException("요청한 주소를 할당할 수 없습니다"), DropKind.NOT_SENT),
				arguments(Phase.CONNECTING, new NoRouteToHostException("호스트로 갈 루트가 없음"), DropKind.UNREACHABLE),
				arguments(Phase.CONNECTING, new SocketException("네트워크가 접근 불가능합니다"), DropKind.UNREACHABLE),
				arguments(Phase.SECURING, new SSLException("연결이 상대편에 의해 끊어짐"), DropKind.TLS),
				arguments(Phase.SENT, new SocketException("연결이 상대편에 의해 끊어짐"), DropKind.RESET),
				arguments(Phase.SENT, new IOException("파이프가 깨어짐"), DropKind.RESET),
				arguments(Phase.SENT, new SSLException("x", new SocketException("연결이 끊어짐")), DropKind.RESET),
				arguments(Phase.SENT, new SSLException("x", new IOException("파이프가 깨어짐")), DropKind.RESET),
				arguments(Phase.SENT, new SSLException("closing inbound", new EOFException()), DropKind.CLOSED),
				arguments(Phase.SENT, new ClosedBeforeAnswerException(), DropKind.CLOSED),
				arguments(Phase.SENT, new NotHttpException("x"), DropKind.NOT_HTTP),
				arguments(Phase.ANSWERING, new SocketException("연결이 상대편에 의해 끊어짐"), DropKind.CUT_OFF),
				arguments(Phase.ANSWERING, new EOFException("x"), DropKind.CUT_OFF));
	}

}
