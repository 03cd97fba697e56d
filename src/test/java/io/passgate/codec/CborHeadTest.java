package io.passgate.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The heads of CBOR's items (RFC 8949 section 3) at the ends of each of their lengths. */
final class CborHeadTest {
    private static CborCursor at(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        CborCursor cursor = new CborCursor();
        cursor.start(bytes, 0, bytes.length);
        return cursor;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "23, 1",
        "24, 2",
        "255, 2",
        "256, 3",
        "65535, 3",
        "65536, 5",
        "4294967295, 5",
        "4294967296, 9",
    })
    void aHead_isAsShortAsItCanBe(long argument, int size) {
        assertThat(CborWriter.headSize(argument)).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "17, 23",
        "1818, 24",
        "1903e8, 1000",
        "1bffffffffffffffff, 18446744073709551615",
        "1b8000000000000000, 9223372036854775808",
        "1b7fffffffffffffff, 9223372036854775807",
        "20, -1",
        "3bffffffffffffffff, -18446744073709551616",
        "f93c00, 1",
        "fa47c35000, 100000",
        "fb3ff199999999999a, 1.1",
    })
    void aNumber_isRead_howeverItIsWritten(String hex, double number) throws MalformedException {
        CborCursor cursor = at(hex);
        assertThat(cursor.nextIsNumber()).isTrue();
        assertThat(cursor.readNumber()).isEqualTo(number);
        cursor.expectEnd();
    }

    @ParameterizedTest
    @ValueSource(strings = {"f5", "f6", "18", "1b00", "fb00", ""})
    void anotherItem_orOneCutOff_isNoNumber(String hex) {
        assertThatThrownBy(() -> at(hex).readNumber()).isInstanceOf(MalformedException.class);
    }

    @Test
    void aNull_isPassedOver_andNothingElse() throws MalformedException {
        CborCursor cursor = at("f6f701");
        assertThat(cursor.skipNull()).isTrue();
        assertThat(cursor.skipNull()).isTrue();
        assertThat(cursor.skipNull()).isFalse();
        assertThat(cursor.readNumber()).isEqualTo(1);
        cursor.expectEnd();
    }

    @Test
    void nulls_countAsItemsDo() throws MalformedException {
        CborCursor cursor = at("f6".repeat(Bounds.MAX_CBOR_ITEMS + 1));
        for (int i = 0; i < Bounds.MAX_CBOR_ITEMS; i++) {
            assertThat(cursor.skipNull()).isTrue();
        }
        assertThatThrownBy(cursor::skipNull).isInstanceOf(MalformedException.class);
    }
}
