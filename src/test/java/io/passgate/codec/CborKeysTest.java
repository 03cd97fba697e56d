package io.passgate.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Keys that come again, beside a set that remembers the same. */
final class CborKeysTest {
    private static final int MAPS = 20_000;

    private final Random random = new Random(8949);
    private final CborCursor cursor = new CborCursor();
    private final CborKeys keys = new CborKeys();

    private static void head(ByteArrayOutputStream out, int major, int value) {
        if (value < 24) {
            out.write(major << 5 | value);
        } else {
            out.write(major << 5 | 24);
            out.write(value);
        }
    }

    private Object key() {
        int length = random.nextInt(13);
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(-40, 40);
            case 1 -> "ab".repeat(6).substring(0, length);
            default -> Integer.toString(random.nextInt(40, 100), 36).repeat(length / 2);
        };
    }

    private static byte[] encoded(List<Object> all) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object key : all) {
            if (key instanceof Integer number) {
                head(out, number < 0 ? CborCursor.NEGATIVE : CborCursor.UNSIGNED, number < 0 ? -1 - number : number);
            } else {
                byte[] text = key.toString().getBytes(StandardCharsets.US_ASCII);
                head(out, CborCursor.TEXT, text.length);
                out.writeBytes(text);
            }
        }
        return out.toByteArray();
    }

    private void read(byte[] encoded, int count) throws MalformedException {
        cursor.start(encoded, 0, encoded.length);
        keys.clear();
        for (int i = 0; i < count; i++) {
            keys.read(cursor);
        }
    }

    @Test
    void aKeyThatComesAgain_isRefused_andNoOther() throws Exception {
        int again = 0;
        for (int map = 0; map < MAPS; map++) {
            List<Object> all = new ArrayList<>();
            Set<Object> known = new HashSet<>();
            int size = 1 + random.nextInt(20);
            while (known.size() == all.size() && all.size() < size) {
                Object next = key();
                all.add(next);
                known.add(next);
            }
            byte[] encoded = encoded(all);
            if (known.size() == all.size()) {
                read(encoded, size);
            } else {
                again++;
                read(encoded, all.size() - 1);
                assertThatThrownBy(() -> keys.read(cursor))
                        .as("%s", all)
                        .isInstanceOfSatisfying(
                                MalformedException.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Reason.CBOR_INVALID));
            }
        }
        assertThat(again).isBetween(MAPS / 10, MAPS * 9 / 10);
    }

    /** At the end of its array, and before other bytes. */
    @Test
    void aKey_isItsText_andNoOtherOfItsLength() throws Exception {
        for (int length = 0; length <= 30; length++) {
            String text = "y".repeat(length);
            for (List<Object> all : List.of(List.<Object>of(text), List.<Object>of(text, "x".repeat(31)))) {
                read(encoded(all), 1);
                assertThat(keys.is(slice(text))).as(text).isTrue();
                assertThat(keys.is(slice(text + "y"))).as(text).isFalse();
                for (int i = 0; i < length; i++) {
                    String other = text.substring(0, i) + "z" + text.substring(i + 1);
                    assertThat(keys.is(slice(other))).as(other).isFalse();
                }
            }
        }
    }

    private static Slice slice(String text) {
        return Slice.of(("12345678" + text + "12345678").getBytes(StandardCharsets.US_ASCII), 8, text.length());
    }

    @Test
    void keysOfAnotherType_meanNothing_andMayComeAgain() throws Exception {
        byte[] arrays = {(byte) 0x80, (byte) 0x80, 0x00, (byte) 0x80};
        read(arrays, 4);
        assertThat(keys.pair()).isEqualTo(-1);
    }

    @Test
    void theFirstKeyOfOneMap_mayBeTheLastOfTheOneBefore() throws Exception {
        byte[] one = encoded(List.of("tg", 7));
        read(one, 2);
        read(encoded(List.of(7, "tg")), 2);
        assertThat(keys.pair()).isEqualTo('t' << 8 | 'g');
    }
}
