package io.passgate.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where one request ends and the next begins (RFC 9112, sections 2, 3, 5, 6 and 7.1): what a proxy in front could read
 * in another way is answered 400, the connection is closed, and what follows on it is no request.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RequestFramingIT {
    private static final String SMUGGLED = Requests.get("/" + Requests.NEEDLE);
    private static final String CHUNKED = "transfer-encoding: chunked\r\n";

    @AutoClose
    private AttackedGateway gateway;

    private String body = "";

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        gateway = new AttackedGateway(folder);
        body = Requests.payloads(gateway.card(), 1);
    }

    private static String head(String lines) {
        return Requests.head("/v1/verifications", AttackedGateway.ATTACKER, lines);
    }

    private static String hex(int length) {
        return Integer.toHexString(length);
    }

    /** The body in one chunk, with the last one behind it. */
    private String chunks(String size) {
        return size + "\r\n" + body + "\r\n0\r\n\r\n";
    }

    private String wholeChunks() {
        return chunks(hex(body.length()));
    }

    private Map<String, String> transferEncodings() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String coding : new String[] {
            "xchunked", "chunkedx", "chunked, identity", "identity, chunked", "chunked;q=1", "gzip", "gzip, chunked",
            "identity", "chunked, chunked", "chunked,", ",chunked", "\"chunked\"", "chunked\u000b", "\u000bchunked",
            "chun ked", "chunked\u0000", "x", "", "deflate", "chunked, x"
        }) {
            all.put("Transfer-Encoding: " + coding, head("Transfer-Encoding: " + coding + "\r\n") + wholeChunks());
        }
        all.put(
                "Transfer-Encoding in two lines",
                head("Transfer-Encoding: Chunked\r\ntransfer-encoding: Chunked\r\n") + wholeChunks());
        all.put(
                "chunked and identity in two lines",
                head("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n") + wholeChunks());
        all.put("Transfer-Encoding folded", head("Transfer-Encoding:\r\n chunked\r\n") + wholeChunks());
        all.put("Transfer-Encoding and a fold behind it", head(CHUNKED + " , x\r\n") + wholeChunks());
        all.put("HTTP/1.0 with Transfer-Encoding", head(CHUNKED).replace("HTTP/1.1", "HTTP/1.0") + wholeChunks());
        all.put(
                "HTTP/1.0 with both",
                head(CHUNKED + "content-length: 5\r\nconnection: keep-alive\r\n")
                                .replace("HTTP/1.1", "HTTP/1.0")
                        + wholeChunks());
        all.put(
                "Content-Length and then Transfer-Encoding",
                head("content-length: " + body.length() + "\r\n" + CHUNKED) + wholeChunks());
        all.put("Transfer-Encoding and then Content-Length", head(CHUNKED + "content-length: 4\r\n") + wholeChunks());
        all.put("Transfer-Encoding and Content-Length 0", head(CHUNKED + "content-length: 0\r\n") + wholeChunks());
        return all;
    }

    private Map<String, String> contentLengths() {
        Map<String, String> all = new LinkedHashMap<>();
        int length = body.length();
        for (String value : new String[] {
            "+" + length,
            "-" + length,
            "-0",
            length + "," + length,
            length + ", " + (length + 1),
            "0x" + hex(length),
            " 5 6",
            "5 6",
            "",
            "1e3",
            length + ".0",
            length + ";",
            "\"" + length + "\"",
            "99999999999999999999",
            "18446744073709551616",
            "9223372036854775808",
            "\u0661",
            length + "\u000b",
            "x" + length
        }) {
            all.put("Content-Length: " + value, head("content-length: " + value + "\r\n") + body);
        }
        String one = "content-length: " + length + "\r\n";
        all.put("two Content-Lengths alike", head(one + one) + body);
        all.put("two Content-Lengths that differ", head(one + "content-length: 0\r\n") + body);
        all.put("two Content-Lengths, the first 0", head("Content-Length: 0\r\n" + one) + body);
        all.put("Content-Length folded", head("content-length:\r\n " + length + "\r\n") + body);
        return all;
    }

    private Map<String, String> chunkSizes() {
        Map<String, String> all = new LinkedHashMap<>();
        String size = hex(body.length());
        for (String odd : new String[] {
            "1" + "0".repeat(8 - size.length()) + size,
            "100000000",
            "10000000" + size,
            "FFFFFFFFFFFFFFF0",
            "1" + "0".repeat(16),
            "-" + size,
            "-1",
            "+" + size,
            "",
            "0x" + size,
            " " + size,
            size + " x",
            size + "x",
            size + ",1",
            size + "\u0000",
            "\u000b" + size,
            size + " " + size,
            "x",
            "80000000",
            "ffffffff",
            size + "\r",
            "\t" + size,
            "_" + size,
            "0".repeat(200) + size + "g"
        }) {
            all.put("chunk size " + odd, head(CHUNKED) + chunks(odd));
        }
        all.put("a chunk longer than its size", head(CHUNKED) + chunks(hex(body.length() - 2)));
        all.put("a chunk without its line's end", head(CHUNKED) + size + "\r\n" + body + "0\r\n\r\n");
        all.put("a chunk behind whose size is a bare LF", head(CHUNKED) + size + "\n" + body + "\r\n0\r\n\r\n");
        all.put("a chunk extension with a bare LF", head(CHUNKED) + size + ";a\n" + body + "\r\n0\r\n\r\n");
        all.put("a chunk extension with a bare CR", head(CHUNKED) + chunks(size + ";a\rb"));
        all.put("a chunk extension with NUL", head(CHUNKED) + chunks(size + ";a=\u0000"));
        all.put("a chunk extension without an end", head(CHUNKED) + chunks(size + ";" + "a".repeat(70_000)));
        all.put("a trailer without a colon", head(CHUNKED) + size + "\r\n" + body + "\r\n0\r\nx\r\n\r\n");
        all.put(
                "a trailer with a space before its colon",
                head(CHUNKED) + size + "\r\n" + body + "\r\n0\r\nx : y\r\n\r\n");
        return all;
    }

    private Map<String, String> requestLines() {
        Map<String, String> all = new LinkedHashMap<>();
        String good = head("content-length: " + body.length() + "\r\n") + body;
        for (char control : new char[] {0, 1, 8, 0x0b, 0x0c, 0x1b, 0x1f, 0x7f, 0x85, 0xa0, ' ', '\t'}) {
            all.put("a request line behind 0x" + hex(control), control + good);
            all.put("a header's name behind 0x" + hex(control), good.replace("\r\nhost", "\r\n" + control + "host"));
            if (control != ' ' && control != '\t') {
                all.put("a method that holds 0x" + hex(control), good.replace("POST", "PO" + control + "ST"));
                if (control < 0x80) {
                    all.put("a target that holds 0x" + hex(control), good.replace("/v1/", "/v1" + control + "/"));
                }
                all.put("a header's name that holds 0x" + hex(control), good.replace("host", "ho" + control + "st"));
            }
        }
        all.put("two spaces in a request line", good.replace("POST ", "POST  "));
        all.put("a space in a target", good.replace("/v1/", "/v1 /"));
        all.put("a tab in a request line", good.replace("POST ", "POST\t"));
        all.put("no version", good.replace(" HTTP/1.1", ""));
        for (String version :
                new String[] {"HTTP/1.2x", "HTTP/2.0", "HTTP/0.9", "HTTP/1", "http/1.1", "HTTP/11.1", "XTTP/1.1"}) {
            all.put("version " + version, good.replace("HTTP/1.1", version));
        }
        all.put("a bare CR in a request line", good.replace(" HTTP", "\r HTTP"));
        all.put("lines that end in LF", good.replace("\r\n", "\n"));
        all.put("a header line that ends in LF", good.replace("host: gateway\r\n", "host: gateway\n"));
        all.put("a header line that ends in CR", good.replace("host: gateway\r\n", "host: gateway\r"));
        return all;
    }

    private Map<String, String> headerLines() {
        Map<String, String> all = new LinkedHashMap<>();
        String good = head("content-length: " + body.length() + "\r\n") + body;
        String host = "host: gateway\r\n";
        for (char control : new char[] {0, 1, 8, '\r', 0x0b, 0x1b, 0x7f}) {
            all.put(
                    "a header's value that holds 0x" + hex(control),
                    good.replace(host, host + "x: a" + control + "b\r\n"));
        }
        all.put("a space before a colon", good.replace(host, "host : gateway\r\n"));
        all.put("a tab before a colon", good.replace(host, "host\t: gateway\r\n"));
        all.put("a space before Content-Length's colon", good.replace("length:", "length :"));
        all.put("an empty name", good.replace(host, host + ": x\r\n"));
        all.put("a line without a colon", good.replace(host, host + "x\r\n"));
        all.put("a folded line behind the request line", good.replace(host, " x: y\r\n" + host));
        all.put("a name with brackets", good.replace(host, host + "x[0]: y\r\n"));
        all.put("two Host lines alike", good.replace(host, host + host));
        all.put("two Host lines that differ", good.replace(host, host + "Host: other\r\n"));
        all.put("no Host", good.replace(host, ""));
        all.put("two hosts in a line", good.replace(host, "host: a, b\r\n"));
        all.put("a host with a path", good.replace(host, "host: a/b\r\n"));
        all.put("a host with a user", good.replace(host, "host: u@a\r\n"));
        String authorization = "authorization: Bearer " + AttackedGateway.ATTACKER + "\r\n";
        all.put("two Authorization lines alike", good.replace(authorization, authorization + authorization));
        all.put(
                "two Authorization lines that differ",
                good.replace(authorization, "authorization: Bearer x\r\n" + authorization));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> whatIsAmbiguous_isAnswered400_andTheConnectionClosed() {
        Map<String, String> all = new LinkedHashMap<>();
        all.putAll(transferEncodings());
        all.putAll(contentLengths());
        all.putAll(chunkSizes());
        all.putAll(requestLines());
        all.putAll(headerLines());
        return all.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(printable(one.getKey()), () -> isRefused(one.getValue())));
    }

    private static String printable(String name) {
        return name.replaceAll("[^ -~]", "?");
    }

    private void isRefused(String request) throws IOException {
        try (Wire wire = Wire.to(gateway.port())) {
            Wire.Heard heard = wire.patience(3_000).say(request + SMUGGLED).toTheEnd();
            assertThat(heard.statuses()).as(heard.toString()).containsExactly(400);
            assertThat(heard.isClosed()).as("closed").isTrue();
        }
    }

    private Map<String, String> unambiguous() {
        Map<String, String> all = new LinkedHashMap<>();
        String size = hex(body.length());
        for (String extension : new String[] {
            ";a=b",
            ";a",
            ";a=\"b\"",
            ";a=\"q;\\\"x\"",
            " ;a=b",
            ";a=b;c=d",
            "; a = b",
            ";a=\"" + "x".repeat(500) + "\"",
            "\t;a"
        }) {
            all.put("chunk extension " + extension, head(CHUNKED) + chunks(size + extension));
        }
        all.put("Transfer-Encoding in capitals", head("TRANSFER-ENCODING: CHUNKED\r\n") + wholeChunks());
        all.put("blanks around chunked", head("Transfer-Encoding: \t chunked \t\r\n") + wholeChunks());
        all.put("a chunk size with zeros before it", head(CHUNKED) + chunks("000" + size));
        all.put("a chunk size in capitals", head(CHUNKED) + chunks(size.toUpperCase(java.util.Locale.ROOT)));
        all.put("an extension of the last chunk", head(CHUNKED) + size + "\r\n" + body + "\r\n0;a=b\r\n\r\n");
        all.put("trailers", head(CHUNKED) + size + "\r\n" + body + "\r\n0\r\nx: y\r\nexpires: never\r\n\r\n");
        all.put(
                "a chunk for each character",
                head(CHUNKED)
                        + body.chars()
                                .mapToObj(c -> "1\r\n" + (char) c + "\r\n")
                                .reduce("", String::concat)
                        + "0\r\n\r\n");
        all.put("an empty line before a request", "\r\n" + head("content-length: " + body.length() + "\r\n") + body);
        return all;
    }

    @TestFactory
    Stream<DynamicTest> whatIsUnambiguous_isAnswered_andSoIsTheNext() {
        return unambiguous().entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(printable(one.getKey()), () -> isTaken(one.getValue())));
    }

    private void isTaken(String request) throws IOException {
        try (Wire wire = Wire.to(gateway.port())) {
            var _ = wire.say(request + Requests.get("/v1/signers"));
            Wire.Answer first = wire.answer();
            assertThat(first.status()).as(first.body()).isEqualTo(200);
            assertThat(first.body()).contains("\"accepted\"");
            assertThat(wire.answer().body()).contains("signers");
        }
    }

    @Test
    void anAmbiguousBodyOfARequestWithoutAToken_isNoRequestEither() throws IOException {
        String anonymous = head(CHUNKED).replace("authorization: Bearer " + AttackedGateway.ATTACKER + "\r\n", "");
        for (String chunks : new String[] {"100000000\r\n", "-1\r\n", "x\r\n"}) {
            try (Wire wire = Wire.to(gateway.port())) {
                Wire.Heard heard =
                        wire.patience(3_000).say(anonymous + chunks + SMUGGLED).toTheEnd();
                assertThat(heard.statuses())
                        .as(heard.toString())
                        .hasSizeBetween(1, 2)
                        .doesNotContain(404);
                assertThat(heard.isClosed()).isTrue();
            }
        }
    }

    @Test
    void noneOfIt_isInTheLog() throws IOException {
        assertThat(gateway.log()).doesNotContain(Requests.NEEDLE, "\tat ", "Exception");
        assertThat(gateway.log().lines().count()).isLessThan(20);
    }
}
