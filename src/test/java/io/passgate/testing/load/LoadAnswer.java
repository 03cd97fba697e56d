package io.passgate.testing.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * One HTTP answer as it comes in, read no further than its status, its length, when to come again, and its counts of
 * verdicts.
 */
public final class LoadAnswer {
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ACCEPTED = "\"accepted\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REFUSED = "\"refused\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INDETERMINATE = "\"indeterminate\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINE_END = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RETRY_AFTER = "retry-after:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSED = "connection: close".getBytes(StandardCharsets.US_ASCII);
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
        int headEnd = find(HEAD_END, 0, size);
        if (headEnd < 0) {
            return 0;
        }
        int value = value(CONTENT_LENGTH, headEnd);
        if (value >= 0) {
            return headEnd + HEAD_END.length + number(value);
        }
        throw new IllegalStateException(
                "an answer without a length: " + new String(bytes, 0, headEnd, StandardCharsets.US_ASCII));
    }

    /** Where the value of a field of the head begins, or -1; the field's name is in small letters, with its colon. */
    private int value(byte[] name, int headEnd) {
        for (int line = find(LINE_END, 0, headEnd); line >= 0; line = find(LINE_END, line + 1, headEnd)) {
            int at = line + LINE_END.length;
            if (at + name.length < headEnd && isName(name, at)) {
                return at + name.length;
            }
        }
        return -1;
    }

    private boolean isName(byte[] name, int at) {
        for (int i = 0; i < name.length; i++) {
            byte there = bytes[at + i];
            if ((there >= 'A' && there <= 'Z' ? there + ('a' - 'A') : there) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private int number(int at) {
        int digit = at;
        while (bytes[digit] == ' ') {
            digit++;
        }
        int value = 0;
        for (; bytes[digit] != '\r'; digit++) {
            if (bytes[digit] < '0' || bytes[digit] > '9' || value > LARGEST) {
                throw new IllegalStateException("an answer whose length, or time to wait, is no number");
            }
            value = 10 * value + bytes[digit] - '0';
        }
        return value;
    }

    /** The status code: "HTTP/1.1 200 OK". */
    public int status() {
        return 100 * (bytes[9] - '0') + 10 * (bytes[10] - '0') + bytes[11] - '0';
    }

    /** How it begins, for people. */
    public String beginning() {
        return new String(bytes, 0, Math.min(size, 600), StandardCharsets.UTF_8);
    }

    /** How many of its results are verdicts of acceptance. */
    public int accepted() {
        return count(ACCEPTED);
    }

    /** How many are verdicts of refusal. */
    public int refused() {
        return count(REFUSED);
    }

    /** How many say that nobody can tell. */
    public int indeterminate() {
        return count(INDETERMINATE);
    }

    /** When it says to come again; empty where it does not. */
    public OptionalInt retryAfterSeconds() {
        int headEnd = find(HEAD_END, 0, size);
        int value = headEnd < 0 ? -1 : value(RETRY_AFTER, headEnd + LINE_END.length);
        return value < 0 ? OptionalInt.empty() : OptionalInt.of(number(value));
    }

    /** Whether its connection is closed after it. */
    public boolean isLast() {
        int headEnd = find(HEAD_END, 0, size);
        return headEnd >= 0 && value(CLOSED, headEnd + LINE_END.length) >= 0;
    }

    private int count(byte[] word) {
        int count = 0;
        for (int at = find(word, 0, size); at >= 0; at = find(word, at + word.length, size)) {
            count++;
        }
        return count;
    }

    private int find(byte[] what, int from, int to) {
        for (int at = from; at + what.length <= to; at++) {
            if (bytes[at] == what[0]
                    && bytes[at + 1] == what[1]
                    && Arrays.equals(bytes, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        return -1;
    }
}
