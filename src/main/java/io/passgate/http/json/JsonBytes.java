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

    public JsonBytes(int capacity) {
        out = new byte[capacity];
    }

    /** A piece in ASCII. */
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A piece for each value. */
    public static <E extends Enum<E>> Map<E, byte[]> byName(Class<E> type, Function<E, String> text) {
        Map<E, byte[]> texts = new EnumMap<>(type);
        for (E value : type.getEnumConstants()) {
            texts.put(value, text.apply(value).getBytes(StandardCharsets.UTF_8));
        }
        return texts;
    }

    public <E extends Enum<E>> void append(Map<E, byte[]> texts, E value) {
        byte[] text = texts.get(value);
        if (text == null) {
            throw new AssertionError("every value has its text");
        }
        append(text);
    }

    public void append(byte[] bytes) {
        require(bytes.length);
        System.arraycopy(bytes, 0, out, size, bytes.length);
        size += bytes.length;
    }

    public void append(byte single) {
        require(1);
        out[size++] = single;
    }

    /** A text's characters, with escapes where JSON wants them. */
    public void appendQuoted(String text) {
        append((byte) '"');
        append(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        append((byte) '"');
    }

    /** An object of texts, whole numbers, truth values, and objects and arrays of them. */
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

    /** The member that says what a payload was recognised as, with a comma before it. */
    public void append(FormatId format) {
        append(FORMAT);
        String code = format.code();
        require(code.length() + 1);
        for (int i = 0; i < code.length(); i++) {
            out[size++] = (byte) code.charAt(i);
        }
        out[size++] = '"';
    }

    /** An instant of whole seconds as {@link Instant#toString} writes it, without quotes. */
    public void appendUtc(long epochSecond) {
        append(ascii(Instant.ofEpochSecond(epochSecond).toString()));
    }

    private void require(int more) {
        if (more > out.length - size) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, size + more));
        }
    }

    public Buffer toBuffer() {
        return Buffer.buffer(size).appendBytes(out, 0, size);
    }
}
