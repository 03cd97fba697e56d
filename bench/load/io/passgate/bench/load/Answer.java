package io.passgate.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One HTTP answer as it comes in, read no further than its status, its length and its count of accepted payloads. */
final class Answer {
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ACCEPTED = "\"accepted\"".getBytes(StandardCharsets.US_ASCII);
    private static final String CONTENT_LENGTH = "content-length:";
    private static final int LARGEST = 1 << 20;

    private byte[] bytes = new byte[16 * 1_024];
    private int size;
    private int end;

    /** Forgets the answer. */
    void clear() {
        size = 0;
        end = 0;
    }

    /**
     * Takes what has come in.
     *
     * @return whether the answer is whole
     * @throws IllegalStateException if it is none that a gateway would give
     */
    boolean take(ByteBuffer in) {
        int more = in.remaining();
        if (size + more > bytes.length) {
            if (size + more > LARGEST) {
                throw new IllegalStateException("an answer of more than " + LARGEST + " bytes");
            }
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
        in.get(bytes, size, more);
        size += more;
        if (end == 0) {
            end = whole();
        }
        if (end != 0 && size > end) {
            throw new IllegalStateException("more than one answer to one request");
        }
        return end != 0 && size == end;
    }

    /** The length of head and body, or 0 as long as the head is not there. */
    private int whole() {
        int headEnd = find(HEAD_END, 0);
        if (headEnd < 0) {
            return 0;
        }
        String head = new String(bytes, 0, headEnd, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        int at = head.indexOf(CONTENT_LENGTH);
        if (at < 0) {
            throw new IllegalStateException("an answer without a length: " + head);
        }
        int lineEnd = head.indexOf('\r', at);
        String length = head.substring(at + CONTENT_LENGTH.length(), lineEnd < 0 ? head.length() : lineEnd);
        return headEnd + HEAD_END.length + Integer.parseInt(length.strip());
    }

    /** The status code: "HTTP/1.1 200 OK". */
    int status() {
        return Integer.parseInt(new String(bytes, 9, 3, StandardCharsets.US_ASCII));
    }

    /** How many of its results are verdicts of acceptance. */
    int accepted() {
        int count = 0;
        for (int at = find(ACCEPTED, 0); at >= 0; at = find(ACCEPTED, at + ACCEPTED.length)) {
            count++;
        }
        return count;
    }

    private int find(byte[] what, int from) {
        for (int at = from; at + what.length <= size; at++) {
            if (bytes[at] == what[0] && Arrays.equals(bytes, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        return -1;
    }
}
