package io.passgate.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/** Requests that no client of ours sends, each with a needle in it that must show up nowhere. */
public final class OddRequests {
    /** Stands in each of them. */
    public static final String NEEDLE = "CANARY7";

    private static final String END = " HTTP/1.1\r\nhost: x\r\n\r\n";

    private OddRequests() {}

    /** By what is odd about them; each character is a byte. */
    public static Map<String, String> all(String token) {
        Map<String, String> all = new LinkedHashMap<>();
        targets(all);
        lines(all);
        headers(all);
        framing(all, token);
        otherProtocols(all);
        return all;
    }

    private static void targets(Map<String, String> all) {
        all.put("escape that is none", "GET /%zzCANARY7" + END);
        all.put("escape cut off", "GET /CANARY7%" + END);
        all.put("escape of one digit", "GET /CANARY7%4" + END);
        all.put("escape with a sign", "GET /CANARY7%+4" + END);
        all.put("escaped escape", "GET /%%CANARY7" + END);
        all.put("escapes that are no UTF-8", "GET /CANARY7%ff%fe" + END);
        all.put("escaped NUL", "GET /CANARY7%00" + END);
        all.put("escape in a query", "GET /v1/signers?CANARY7=%zz" + END);
        all.put("escape in the query of a route with a parameter", "DELETE /v1/signers/1?CANARY7=%zz" + END);
        all.put("escape in a parameter", "DELETE /v1/signers/CANARY7%zz" + END);
        all.put("two slashes", "GET //CANARY7" + END);
        all.put("many slashes", "GET " + "/".repeat(500) + "CANARY7" + END);
        all.put("dots above the root", "GET /../CANARY7" + END);
        all.put("escaped dots", "GET /v1/%2e%2e/%2e%2e/CANARY7" + END);
        all.put("back slashes", "GET /..\\..\\CANARY7" + END);
        all.put("absolute form", "GET http://x/CANARY7" + END);
        all.put("absolute form without a path", "GET http://CANARY7" + END);
        all.put("absolute form with a broken host", "GET http://[CANARY7/" + END);
        all.put("absolute form of a known path", "GET http://CANARY7/v1/signers" + END);
        all.put("the asterisk", "OPTIONS * HTTP/1.1\r\nhost: x\r\nx: CANARY7\r\n\r\n");
        all.put("authority form", "CONNECT CANARY7:443" + END);
        all.put("no slash", "GET CANARY7" + END);
        all.put("a fragment", "GET /v1/signers#CANARY7" + END);
        all.put("an escape code", "GET /CANARY7\u001b[31m" + END);
        all.put("a Latin letter", "GET /CANARY7\u00e9" + END);
        all.put("braces and quotes", "GET /CANARY7{0}{\"'<>^`|" + END);
        all.put("a template of another protocol", "GET /${jndi:ldap://CANARY7/x}" + END);
        all.put("a long target", "GET /CANARY7" + "x".repeat(10_000) + END);
        all.put("a long query", "GET /v1/signers?" + "CANARY7&".repeat(300) + END);
    }

    private static void lines(Map<String, String> all) {
        all.put("unknown method", "CANARY7 /v1/signers" + END);
        all.put("method that is no token", "CANARY7(x) /v1/signers" + END);
        all.put("method in small letters", "get /CANARY7" + END);
        all.put("method nobody takes", "TRACE /CANARY7" + END);
        all.put("version 1.2", "GET /CANARY7 HTTP/1.2\r\nhost: x\r\n\r\n");
        all.put("version 9.9", "GET /CANARY7 HTTP/9.9\r\nhost: x\r\n\r\n");
        all.put("version in words", "GET /CANARY7 HTTP/CANARY7\r\nhost: x\r\n\r\n");
        all.put("another protocol's name", "GET /CANARY7 XTTP/1.1\r\nhost: x\r\n\r\n");
        all.put("no version", "GET /CANARY7\r\nhost: x\r\n\r\n");
        all.put("a blank too many", "GET /CANARY7 CANARY7 HTTP/1.1\r\nhost: x\r\n\r\n");
        all.put("HTTP/1.0 without a host", "GET /CANARY7 HTTP/1.0\r\n\r\n");
        all.put("HEAD of nothing", "HEAD /CANARY7" + END);
    }

    private static void headers(Map<String, String> all) {
        String get = "GET /v1/signers HTTP/1.1\r\n";
        all.put("no host", get + "x: CANARY7\r\n\r\n");
        all.put("two hosts", get + "host: x\r\nhost: CANARY7\r\n\r\n");
        all.put("a host that is none", get + "host: CANARY7 CANARY7\r\n\r\n");
        all.put("a host with a broken port", get + "host: x:CANARY7\r\n\r\n");
        all.put("an empty host", get + "host:\r\nx: CANARY7\r\n\r\n");
        all.put("a line without a colon", get + "host: x\r\nCANARY7\r\n\r\n");
        all.put("a blank before the colon", get + "host: x\r\nCANARY7 : x\r\n\r\n");
        all.put("a folded line", get + "host: x\r\nx: y\r\n CANARY7\r\n\r\n");
        all.put("a name that is no token", get + "host: x\r\nCANARY7\u00e9(: x\r\n\r\n");
        all.put("a control character", get + "host: x\r\nx: CANARY7\u0007\u001b[31m\r\n\r\n");
        all.put("a long line", get + "host: x\r\nx: CANARY7" + "x".repeat(20_000) + "\r\n\r\n");
        all.put("two tokens", get + "host: x\r\nauthorization: Bearer a\r\nauthorization: Bearer CANARY7\r\n\r\n");
        all.put("unknown expectation", get + "host: x\r\nexpect: CANARY7\r\n\r\n");
        all.put("a request id that is none", get + "host: x\r\nx-request-id: CANARY7;\u001b[31m\r\n\r\n");
        all.put("a tag without its end", get + "host: x\r\nif-none-match: \"CANARY7\r\n\r\n");
        all.put("thousands of tags", get + "host: x\r\nif-none-match: CANARY7" + ",".repeat(7_000) + "\r\n\r\n");
        all.put("odd media ranges", get + "host: x\r\naccept: CANARY7;q=x,/,;;,*/\r\n\r\n");
        all.put("odd languages", get + "host: x\r\naccept-language: -,CANARY7-;q=-1,--\r\n\r\n");
        all.put("an odd origin", get + "host: x\r\norigin: CANARY7://[%zz\r\n\r\n");
        all.put("odd cookies", get + "host: x\r\ncookie: CANARY7=%zz; =;;\r\n\r\n");
        all.put("odd ranges", get + "host: x\r\nrange: bytes=CANARY7\r\n\r\n");
        all.put("odd proxies", get + "host: x\r\nforwarded: for=\"CANARY7\r\nx-forwarded-for: CANARY7\r\n\r\n");
    }

    private static void framing(Map<String, String> all, String token) {
        String post = "POST /v1/verifications HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + token + "\r\n";
        String json = post + "content-type: application/json\r\n";
        all.put("wrong token", "POST /v1/verifications HTTP/1.1\r\nhost: x\r\nauthorization: Bearer CANARY7\r\n\r\n");
        all.put("wrong scheme", "POST /v1/verifications HTTP/1.1\r\nhost: x\r\nauthorization: CANARY7\r\n\r\n");
        all.put("odd media type", post + "content-type: ;;CANARY7\r\ncontent-length: 2\r\n\r\n{}");
        all.put("odd charset", post + "content-type: application/json;charset=CANARY7\r\ncontent-length: 2\r\n\r\n{}");
        all.put("two media types", json + "content-type: CANARY7/x\r\ncontent-length: 2\r\n\r\n{}");
        all.put("a compressed body", json + "content-encoding: CANARY7\r\ncontent-length: 2\r\n\r\n{}");
        all.put("an expectation of a body", json + "expect: CANARY7\r\ncontent-length: 2\r\n\r\n{}");
        all.put("a length that is none", json + "content-length: CANARY7\r\n\r\n{}");
        all.put("a length below zero", json + "content-length: -1\r\n\r\nCANARY7");
        all.put("a length beyond all", json + "content-length: 99999999999999999999\r\n\r\nCANARY7");
        all.put("a chunk's size that is none", json + "transfer-encoding: chunked\r\n\r\nCANARY7\r\n{}\r\n0\r\n\r\n");
        all.put("a chunk without its end", json + "transfer-encoding: chunked\r\n\r\n2\r\n{}CANARY7\r\n0\r\n\r\n");
        all.put("a broken trailer", json + "transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nCANARY7\r\n\r\n");
        all.put("unknown transfer coding", json + "transfer-encoding: CANARY7\r\n\r\n{}");
        all.put("JSON that is none", json + "content-length: 9\r\n\r\n{CANARY7}");
    }

    private static void otherProtocols(Map<String, String> all) {
        String get = "GET /v1/signers HTTP/1.1\r\nhost: x\r\n";
        all.put(
                "a web socket",
                get + "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
                        + "sec-websocket-key: CANARY7\r\n\r\n");
        all.put("a web socket without a key", get + "connection: upgrade\r\nupgrade: websocket\r\nx: CANARY7\r\n\r\n");
        all.put(
                "HTTP/2 by upgrade",
                get + "connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: CANARY7\r\n\r\n");
        all.put("HTTP/2 at once", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nCANARY7");
        all.put("TLS", "\u0016\u0003\u0001\u0000 \u0001\u0000\u0000\u001c\u0003\u0003CANARY7\r\n\r\n");
        all.put("SMTP", "EHLO CANARY7\r\n\r\n");
        all.put("nothing of all that", "\u0001\u0002CANARY7\u00ff\u00fe\r\n\r\n");
    }
}
