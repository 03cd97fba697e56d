package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.http.connection.ConnectionEnd;
import io.passgate.testing.api.RawConnection;
import io.passgate.testing.api.RunningApi;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a proxy before the gateway might read otherwise gets 400, the end of the connection, and no second answer (RFC
 * 9112 sections 2.2, 3, 5, 6, 7.1 and 11.2). Each request is followed by another one that must not be read.
 */
final class DesyncTest {
    private static final String AFTER = "GET /openapi.yaml HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String HEAD = "POST /v1/verifications HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
            + "token-of-verifier\r\ncontent-type: application/json\r\n";
    private static final String BODY = "{\"payloads\":[\"x\"]}";
    private static final String HEX = Integer.toHexString(BODY.length());

    private static RunningApi running;

    @BeforeAll
    static void start() {
        running = RunningApi.open();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    static Stream<Arguments> ambiguous() {
        String chunks = HEX + "\r\n" + BODY + "\r\n0\r\n\r\n";
        return Stream.of(
                of("coding xchunked", HEAD + "transfer-encoding: xchunked\r\n\r\n" + chunks),
                of("coding chunked, identity", HEAD + "transfer-encoding: chunked, identity\r\n\r\n" + chunks),
                of("coding identity, chunked", HEAD + "transfer-encoding: identity, chunked\r\n\r\n" + chunks),
                of("coding gzip, chunked", HEAD + "transfer-encoding: gzip, chunked\r\n\r\n" + chunks),
                of("coding chunked, chunked", HEAD + "transfer-encoding: chunked, chunked\r\n\r\n" + chunks),
                of("coding chunked;q=1", HEAD + "transfer-encoding: chunked;q=1\r\n\r\n" + chunks),
                of("coding gzip", HEAD + "transfer-encoding: gzip\r\n\r\n" + chunks),
                of("coding empty", HEAD + "transfer-encoding:\r\n\r\n" + chunks),
                of("coding quoted", HEAD + "transfer-encoding: \"chunked\"\r\n\r\n" + chunks),
                of("coding with a vertical tab", HEAD + "transfer-encoding: \u000bchunked\r\n\r\n" + chunks),
                of("coding with a comma", HEAD + "transfer-encoding: chunked,\r\n\r\n" + chunks),
                of("coding twice", HEAD + "transfer-encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks),
                of("coding and another", HEAD + "transfer-encoding: chunked\r\ntransfer-encoding: x\r\n\r\n" + chunks),
                of("coding name with blank", HEAD + "transfer-encoding : chunked\r\n\r\n" + chunks),
                of("coding name with tab", HEAD + "transfer-encoding\t: chunked\r\n\r\n" + chunks),
                of("coding in HTTP/1.0", old(HEAD) + "transfer-encoding: chunked\r\n\r\n" + chunks),
                of("identity in HTTP/1.0", old(HEAD) + "transfer-encoding: identity\r\n\r\n" + BODY),
                of("length and coding", HEAD + "content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n" + chunks),
                of("coding and length", HEAD + "transfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n" + chunks),
                of("two equal lengths", HEAD + "content-length: 18\r\ncontent-length: 18\r\n\r\n" + BODY),
                of("two lengths", HEAD + "content-length: 18\r\ncontent-length: 1\r\n\r\n" + BODY),
                of("list of lengths", HEAD + "content-length: 18, 18\r\n\r\n" + BODY),
                of("length with plus", HEAD + "content-length: +18\r\n\r\n" + BODY),
                of("length with minus", HEAD + "content-length: -18\r\n\r\n" + BODY),
                of("length in hex", HEAD + "content-length: 0x12\r\n\r\n" + BODY),
                of("length with blank", HEAD + "content-length: 1 8\r\n\r\n" + BODY),
                of("length empty", HEAD + "content-length:\r\n\r\n" + BODY),
                of("length beyond a long", HEAD + "content-length: 18446744073709551634\r\n\r\n" + BODY),
                of("length in other digits", HEAD + "content-length: \u00b9\u00b8\r\n\r\n" + BODY),
                of("chunk of 2^32 + 18", HEAD + chunked("1000000" + (HEX.length() < 2 ? "0" : "") + HEX)),
                of("chunk of 2^64 + 18", HEAD + chunked("100000000000000" + HEX)),
                of("chunk of minus", HEAD + chunked("-" + HEX)),
                of("chunk of plus", HEAD + chunked("+" + HEX)),
                of("chunk of 0x", HEAD + chunked("0x" + HEX)),
                of("chunk with blank before", HEAD + chunked(" " + HEX)),
                of("chunk of no size", HEAD + chunked("")),
                of("chunk of only an extension", HEAD + chunked(";a=b")),
                of("chunk with rest", HEAD + chunked(HEX + " x")),
                of(
                        "chunk longer than its size",
                        HEAD + "transfer-encoding: chunked\r\n\r\n5\r\n" + BODY + "\r\n0\r\n\r\n"),
                of(
                        "chunk ended by a line feed",
                        HEAD + "transfer-encoding: chunked\r\n\r\n" + HEX + "\n" + BODY + "\r\n0\r\n\r\n"),
                of("extension with a line feed", HEAD + chunked(HEX + ";a=\nb")),
                of("NUL before", "\u0000" + HEAD + "content-length: 18\r\n\r\n" + BODY),
                of("SOH before", "\u0001" + HEAD + "content-length: 18\r\n\r\n" + BODY),
                of("ESC before", "\u001b" + HEAD + "content-length: 18\r\n\r\n" + BODY),
                of("blank before", " " + HEAD + "content-length: 18\r\n\r\n" + BODY),
                of("tab before", "\t" + HEAD + "content-length: 18\r\n\r\n" + BODY),
                of("line end and NUL before", "\r\n\u0000" + HEAD + "content-length: 18\r\n\r\n" + BODY),
                of("two blanks in the line", "GET  /openapi.yaml HTTP/1.1\r\nhost: x\r\n\r\n"),
                of("tab in the line", "GET\t/openapi.yaml HTTP/1.1\r\nhost: x\r\n\r\n"),
                of("blank after the line", "GET /openapi.yaml HTTP/1.1 \r\nhost: x\r\n\r\n"),
                of("form feed in the line", "GET\f/openapi.yaml HTTP/1.1\r\nhost: x\r\n\r\n"),
                of("four words in the line", "GET /openapi.yaml HTTP/1.1 HTTP/1.1\r\nhost: x\r\n\r\n"),
                of("two words in the line", "GET /openapi.yaml\r\n\r\n"),
                of("bare CR in the line", "GET /openapi\r.yaml HTTP/1.1\r\nhost: x\r\n\r\n"),
                of("bare CR in a value", "GET /openapi.yaml HTTP/1.1\r\nhost: x\r\na: b\rc: d\r\n\r\n"),
                of("bare LF", "GET /openapi.yaml HTTP/1.1\nhost: x\n\n"),
                of("NUL in a value", "GET /openapi.yaml HTTP/1.1\r\nhost: x\r\na: b\u0000c\r\n\r\n"),
                of("NUL in a name", "GET /openapi.yaml HTTP/1.1\r\nhost: x\r\na\u0000b: c\r\n\r\n"),
                of("no colon", "GET /openapi.yaml HTTP/1.1\r\nhost: x\r\nabc\r\n\r\n"),
                of("empty name", "GET /openapi.yaml HTTP/1.1\r\nhost: x\r\n: b\r\n\r\n"),
                of("name in parentheses", "GET /openapi.yaml HTTP/1.1\r\nhost: x\r\n(a): b\r\n\r\n"),
                of("name beyond ASCII", "GET /openapi.yaml HTTP/1.1\r\nhost: x\r\n\u00e4: b\r\n\r\n"),
                of("field before the first", "GET /openapi.yaml HTTP/1.1\r\n host: x\r\nhost: x\r\n\r\n"),
                of("no host", "GET /openapi.yaml HTTP/1.1\r\n\r\n"),
                of("two hosts", "GET /openapi.yaml HTTP/1.1\r\nhost: x\r\nHost: y\r\n\r\n"),
                of("two equal hosts", "GET /openapi.yaml HTTP/1.1\r\nhost: x\r\nhost: x\r\n\r\n"),
                of("two hosts in one", "GET /openapi.yaml HTTP/1.1\r\nhost: x, y\r\n\r\n"),
                of("host with a path", "GET /openapi.yaml HTTP/1.1\r\nhost: x/y\r\n\r\n"),
                of("two hosts in HTTP/1.0", "GET /openapi.yaml HTTP/1.0\r\nhost: x\r\nhost: y\r\n\r\n"),
                of(
                        "two tokens",
                        "GET /openapi.yaml HTTP/1.1\r\nhost: x\r\nauthorization: a\r\nauthorization: b\r\n\r\n"),
                of("HTTP/1.2", "GET /openapi.yaml HTTP/1.2\r\nhost: x\r\n\r\n"),
                of("HTTP/2.0", "GET /openapi.yaml HTTP/2.0\r\nhost: x\r\n\r\n"),
                of("HTTP/0.9", "GET /openapi.yaml HTTP/0.9\r\nhost: x\r\n\r\n"),
                of("http/1.1", "GET /openapi.yaml http/1.1\r\nhost: x\r\n\r\n"),
                of("HTTP/1.10", "GET /openapi.yaml HTTP/1.10\r\nhost: x\r\n\r\n"),
                of("another protocol", "GET /openapi.yaml ICY/1.1\r\nhost: x\r\n\r\n"),
                of("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                of("a method with a colon", "GE:T /openapi.yaml HTTP/1.1\r\nhost: x\r\n\r\n"),
                of("a byte beyond ASCII in the path", "GET /\u00e4 HTTP/1.1\r\nhost: x\r\n\r\n"),
                of(
                        "an old key of WebSocket",
                        "GET /openapi.yaml HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: "
                                + "websocket\r\nsec-websocket-key1: a\r\nsec-websocket-key2: b\r\n\r\n12345678"));
    }

    private static Arguments of(String name, String request) {
        return Arguments.of(name, request);
    }

    private static String old(String head) {
        return head.replace("HTTP/1.1", "HTTP/1.0");
    }

    private static String chunked(String size) {
        return "transfer-encoding: chunked\r\n\r\n" + size + "\r\n" + BODY + "\r\n0\r\n\r\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    void whatIsAmbiguous_getsOne400_andTheConnectionEnds(String name, String request) throws IOException {
        running.connected.ends.clear();
        try (RawConnection connection = new RawConnection(running.port)) {
            assertThat(connection.say(request + AFTER).status()).isEqualTo(400);
            assertThat(connection.isClosed()).isTrue();
        }
        assertThat(running.connected.ends).containsExactly(ConnectionEnd.AMBIGUOUS);
    }

    static Stream<Arguments> plain() {
        return Stream.of(
                of("a length", HEAD + "content-length: 18\r\n\r\n" + BODY),
                of("a length with zeros", HEAD + "content-length: 0018\r\n\r\n" + BODY),
                of("a length with blanks around", HEAD + "content-length: \t18 \r\n\r\n" + BODY),
                of("chunks", HEAD + chunked(HEX)),
                of(
                        "chunks in capitals",
                        HEAD + "Transfer-Encoding: CHUNKED\r\n\r\n" + HEX + "\r\n" + BODY + "\r\n0\r\n\r\n"),
                of("chunks with zeros", HEAD + chunked("00000000" + HEX)),
                of("an extension", HEAD + chunked(HEX + ";a=b")),
                of("an extension without a value", HEAD + chunked(HEX + ";a")),
                of("an extension in quotes", HEAD + chunked(HEX + ";a=\"q;\\\"x\"")),
                of("two extensions with blanks", HEAD + chunked(HEX + " ; a=b;c")),
                of(
                        "a trailer",
                        HEAD + "transfer-encoding: chunked\r\n\r\n" + HEX + "\r\n" + BODY + "\r\n0\r\nx-a: b\r\n\r\n"),
                of("an empty line before", "\r\n" + HEAD + "content-length: 18\r\n\r\n" + BODY),
                of("a value beyond ASCII", HEAD + "x-a: \u00e4\r\ncontent-length: 18\r\n\r\n" + BODY),
                of("a tab in a value", HEAD + "x-a: b\tc\r\ncontent-length: 18\r\n\r\n" + BODY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plain")
    void whatHasOneReading_isAnswered_andSoIsTheNextRequest(String name, String request) throws IOException {
        try (RawConnection connection = new RawConnection(running.port)) {
            assertThat(connection.say(request).status()).isEqualTo(200);
            assertThat(connection.say(AFTER).status()).isEqualTo(200);
        }
    }

    @Test
    void requestsThatComeAtOnce_areAnsweredInTheirOrder() throws IOException {
        try (RawConnection connection = new RawConnection(running.port)) {
            String good = HEAD + "content-length: 18\r\n\r\n" + BODY;
            connection.say(("GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n" + AFTER + good).repeat(50));
            for (int i = 0; i < 50; i++) {
                assertThat(connection.status()).isEqualTo(404);
                assertThat(connection.status()).isEqualTo(200);
                assertThat(connection.status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aRequestOfHttp10_isAnswered_andItsConnectionEnds() throws IOException {
        try (RawConnection connection = new RawConnection(running.port)) {
            assertThat(connection.say("GET /openapi.yaml HTTP/1.0\r\n\r\n").status())
                    .isEqualTo(200);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void aLineOrFieldsTooLong_areSaidSo() throws IOException {
        try (RawConnection connection = new RawConnection(running.port)) {
            String line = "GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nhost: x\r\n\r\n";
            assertThat(connection.say(line).status()).isEqualTo(414);
            assertThat(connection.isClosed()).isTrue();
        }
        try (RawConnection connection = new RawConnection(running.port)) {
            String fields = "GET / HTTP/1.1\r\nhost: x\r\n" + "x: y\r\n".repeat(5_000) + "\r\n";
            assertThat(connection.say(fields).status()).isEqualTo(431);
            assertThat(connection.isClosed()).isTrue();
        }
    }
}
