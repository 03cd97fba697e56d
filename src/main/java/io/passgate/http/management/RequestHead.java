package io.passgate.http.management;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of one request (RFC 9112), read strictly: what could be understood in two ways is wrong. */
sealed interface RequestHead {
    /**
     * What is asked for.
     *
     * @param path without the query
     * @param fields by their names in lower case; those of one name are one list (RFC 9110 section 5.3)
     */
    record Asked(String method, String path, Map<String, String> fields) implements RequestHead {
        /** The value of a field; empty where there is none. */
        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    /** Not a request that is answered here. */
    record Wrong(String detail) implements RequestHead {}

    /** The most bytes of a head. */
    int MAX_BYTES = 8_192;

    /** The end of a head. */
    String END = "\r\n\r\n";

    /** A head of which everything up to and with its empty line is given. */
    static RequestHead read(byte[] bytes, int length) {
        return Grammar.read(new String(bytes, 0, length - END.length(), StandardCharsets.ISO_8859_1));
    }

    /** Its parts. */
    final class Grammar {
        private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
        private static final Pattern REQUEST_LINE =
                Pattern.compile("(" + TOKEN + ") (/[!-~&&[^?]]*)(?:\\?[!-~]*)? HTTP/1\\.([01])");
        private static final Pattern FIELD = Pattern.compile("(" + TOKEN + "):([\\t -~\\x80-\\xff]*)");

        private Grammar() {}

        static RequestHead read(String head) {
            List<String> lines = List.of(head.split("\r\n", -1));
            Matcher request = REQUEST_LINE.matcher(lines.getFirst());
            if (!request.matches()) {
                return new Wrong("the request line is not one of HTTP/1.1");
            }
            int hosts = 0;
            Map<String, String> fields = new HashMap<>();
            for (String line : lines.subList(1, lines.size())) {
                Matcher field = FIELD.matcher(line);
                if (!field.matches()) {
                    return new Wrong("a header is not one of HTTP/1.1");
                }
                String name = field.group(1).toLowerCase(Locale.ROOT);
                hosts += name.equals("host") ? 1 : 0;
                fields.merge(name, field.group(2).strip(), (before, next) -> before + ", " + next);
                if (name.equals("transfer-encoding")
                        || name.equals("content-length")
                                && !field.group(2).strip().equals("0")) {
                    return new Wrong("no request has a body here");
                }
            }
            boolean isOld = request.group(3).equals("0");
            if (hosts > 1 || hosts == 0 && !isOld) {
                return new Wrong("a request has one Host");
            }
            return new Asked(request.group(1), request.group(2), fields);
        }
    }
}
