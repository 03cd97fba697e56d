package io.passgate.http.verify;

import io.passgate.model.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies that clients really send: the members as they should be, and every text in ASCII without escapes.
 * Payloads stay where they lie. It says nothing of any other body, which {@link VerifyRequest.Parser} reads.
 */
final class PlainRequest {
    private static final byte[] PAYLOADS = "payloads".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] POLICY = "policy".getBytes(StandardCharsets.US_ASCII);

    /** No byte's value. */
    private static final int NONE = 1 << Byte.SIZE;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;

    private final byte[] body;
    private final int maxPayloads;
    private int at;

    /** Where the text that was read last begins and ends. */
    private int textStart;

    private int textEnd;

    private PlainRequest(byte[] body, int maxPayloads) {
        this.body = body;
        this.maxPayloads = maxPayloads;
    }

    /** The request, or empty if the body is broken, over a limit, or merely not plain. */
    static Optional<VerifyRequest.Wanted> parse(byte[] body, int maxPayloads) {
        return Optional.ofNullable(new PlainRequest(body, maxPayloads).read());
    }

    private VerifyRequest.@Nullable Wanted read() {
        List<Slice> payloads = List.of();
        Optional<String> policy = Optional.empty();
        if (!passes('{')) {
            return null;
        }
        do {
            if (!passesText()) {
                return null;
            }
            boolean isPayloads = isText(PAYLOADS);
            boolean isPolicy = isText(POLICY);
            if (!passes(':')) {
                return null;
            }
            if (isPayloads && payloads.isEmpty()) {
                payloads = readPayloads();
                if (payloads.isEmpty()) {
                    return null;
                }
            } else if (isPolicy && policy.isEmpty()) {
                if (!passesText() || textEnd - textStart > VerifyRequest.Parser.MAX_POLICY_CHARS) {
                    return null;
                }
                policy = Optional.of(new String(body, textStart, textEnd - textStart, StandardCharsets.US_ASCII));
            } else {
                return null;
            }
        } while (passes(','));
        boolean whole = passes('}') && next() == NONE && !payloads.isEmpty();
        return whole ? new VerifyRequest.Wanted(payloads, policy) : null;
    }

    /** An array of at least one text; empty if it is anything else. */
    private List<Slice> readPayloads() {
        if (!passes('[')) {
            return List.of();
        }
        List<Slice> payloads = new ArrayList<>();
        do {
            if (payloads.size() == maxPayloads || !passesText()) {
                return List.of();
            }
            payloads.add(Slice.of(body, textStart, textEnd - textStart));
        } while (passes(','));
        return passes(']') ? payloads : List.of();
    }

    /** The next byte that is no white space, which stays; {@link #NONE} at the end. */
    private int next() {
        while (at < body.length) {
            byte here = body[at];
            if (here != ' ' && here != '\n' && here != '\r' && here != '\t') {
                return here;
            }
            at++;
        }
        return NONE;
    }

    private boolean passes(char wanted) {
        boolean there = next() == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private boolean passesText() {
        if (!passes('"')) {
            return false;
        }
        textStart = at;
        textEnd = endOfPlain(at);
        at = textEnd + 1;
        return textEnd < body.length && body[textEnd] == '"';
    }

    private boolean isText(byte[] name) {
        return Arrays.equals(body, textStart, textEnd, name, 0, name.length);
    }

    /**
     * The index of the first byte from {@code from} on that is a quote, a backslash, a control character or no ASCII;
     * eight at a time. A borrow of the subtractions reaches only bytes above a hit, so that the lowest mark is right.
     */
    private int endOfPlain(int from) {
        int i = from;
        for (; i + Long.BYTES <= body.length; i += Long.BYTES) {
            long eight = (long) LONGS.get(body, i);
            long quotes = eight ^ ('"' * ONES);
            long backslashes = eight ^ ('\\' * ONES);
            long marks = ((quotes - ONES) & ~quotes
                            | (backslashes - ONES) & ~backslashes
                            | (eight - ' ' * ONES) & ~eight
                            | eight)
                    & TOPS;
            if (marks != 0) {
                return i + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
            }
        }
        while (i < body.length && body[i] >= ' ' && body[i] != '"' && body[i] != '\\') {
            i++;
        }
        return i;
    }
}
