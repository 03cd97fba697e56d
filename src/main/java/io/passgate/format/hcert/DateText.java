package io.passgate.format.hcert;

import io.passgate.codec.CborCursor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The text of a date or a time where it lies, so that none is made of it while it has the usual shape. One thread. */
final class DateText {
    private static final byte[] NOTHING = new byte[0];

    private byte[] bytes = NOTHING;
    private int start;
    private int length;

    static DateText of(String text) {
        DateText made = new DateText();
        made.set(text);
        return made;
    }

    void set(String text) {
        bytes = text.getBytes(StandardCharsets.UTF_8);
        start = 0;
        length = bytes.length;
    }

    /** Stands where the string lies that was read last, until {@link #clear}. */
    void set(CborCursor read) {
        bytes = read.stringBytes();
        start = read.stringStart();
        length = read.stringLength();
    }

    void clear() {
        start = 0;
        length = 0;
    }

    /** Lets go of what it stood in. */
    void forget() {
        clear();
        bytes = NOTHING;
    }

    boolean isEmpty() {
        return length == 0;
    }

    int usualDay() {
        return UsualDate.day(bytes, start, length);
    }

    boolean isUsualTime() {
        return UsualDate.isUtcTime(bytes, start, length);
    }

    Instant usualTime() {
        return UsualDate.utcTime(bytes, start);
    }

    /** What is not UTF-8 in it becomes U+FFFD. */
    @Override
    public String toString() {
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }
}
