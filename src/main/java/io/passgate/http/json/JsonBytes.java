package io.passgate.http.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.passgate.model.FormatId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** JSON as it is written on the hot path: mostly of pieces that were encoded once. */
public final class JsonBytes {
    private static final byte[] FORMAT = ascii(",\"format\":\"");

    private byte[] out;
    private int size;

    /**
     * Nothing written yet. One thread.
     *
     * @param capacity bytes that there is room for at first; it grows
     */
    public JsonBytes(int capacity) {
        out = new byte[capacity];
    }

    /**
     * {@return a piece in ASCII}
     *
     * @param text as it is to stand there, with quotes and escapes
     */
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * {@return a piece for each value of an enum, in UTF-8}
     *
     * @param <E> the enum
     * @param type the enum's class
     * @param text a value's piece, as it is to stand there
     */
    public static <E extends Enum<E>> Map<E, byte[]> byName(Class<E> type, Function<E, String> text) {
        Map<E, byte[]> texts = new EnumMap<>(type);
        for (E value : type.getEnumConstants()) {
            texts.put(value, text.apply(value).getBytes(StandardCharsets.UTF_8));
        }
        return texts;
    }

    /**
     * Writes the piece of a value.
     *
     * @param <E> the enum
     * @param texts a piece for each value, see {@link #byName}
     * @param value whose piece is written
     */
    public <E extends Enum<E>> void append(Map<E, byte[]> texts, E value) {
        byte[] text = texts.get(value);
        if (text == null) {
            throw new AssertionError("every value has its text");
        }
        append(text);
    }

    /**
     * Writes a piece.
     *
     * @param bytes as they are to stand there
     */
    public void append(byte[] bytes) {
        require(bytes.length);
        System.arraycopy(bytes, 0, out, size, bytes.length);
        size += bytes.length;
    }

    /**
     * Writes one byte.
     *
     * @param single a character of ASCII
     */
    public void append(byte single) {
        require(1);
        out[size++] = single;
    }

    /**
     * Writes a text in quotes, with escapes where JSON wants them.
     *
     * @param text without quotes and escapes
     */
    public void appendQuoted(String text) {
        append((byte) '"');
        append(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        append((byte) '"');
    }

    /**
     * Writes an object.
     *
     * @param object of texts, whole numbers, truth values, and objects and arrays of them
     */
    public void append(JsonObject object) {
        byte before = '{';
        for (Map.Entry<String, Object> member : object) {
            append(before);
            appendQuoted(member.getKey());
            append((byte) ':');
            append(member.getValue());
            before = ',';
        }
        if (before == '{') {
            append(before);
        }
        append((byte) '}');
    }

    private void append(JsonArray array) {
        byte before = '[';
        for (Object element : array) {
            append(before);
            append(element);
            before = ',';
        }
        if (before == '[') {
            append(before);
        }
        append((byte) ']');
    }

    private void append(Object value) {
        switch (value) {
            case String text -> appendQuoted(text);
            case JsonObject object -> append(object);
            case JsonArray array -> append(array);
            case Integer number -> append(ascii(number.toString()));
            case Long number -> append(ascii(number.toString()));
            case Boolean truth -> append(ascii(truth.toString()));
            default -> throw new IllegalArgumentException("no value of ours: " + value.getClass());
        }
    }

    /**
     * Writes the member that says what a payload was recognised as, with a comma before it.
     *
     * @param format whose code is written
     */
    public void append(FormatId format) {
        append(FORMAT);
        String code = format.code();
        require(code.length() + 1);
        for (int i = 0; i < code.length(); i++) {
            out[size++] = (byte) code.charAt(i);
        }
        out[size++] = '"';
    }

    /**
     * Writes an instant of whole seconds as {@link Instant#toString} does, without quotes.
     *
     * @param epochSecond seconds since 1970-01-01T00:00:00Z
     */
    public void appendUtc(long epochSecond) {
        append(ascii(Instant.ofEpochSecond(epochSecond).toString()));
    }

    private void require(int more) {
        if (more > out.length - size) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, size + more));
        }
    }

    /** {@return a copy of what has been written} */
    public Buffer toBuffer() {
        return Buffer.buffer(size).appendBytes(out, 0, size);
    }
}
