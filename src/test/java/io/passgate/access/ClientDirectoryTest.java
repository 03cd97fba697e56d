package io.passgate.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, their hashes and their clients. */
final class ClientDirectoryTest {
    /** SHA-256 of "abc" (FIPS 180-2, appendix B.1). */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void aTokenIsFound_byItsSha256() {
        assertThat(TokenHash.ofToken("abc").toHex()).isEqualTo(ABC);
        assertThat(TokenHash.ofHex(ABC.toUpperCase(Locale.ROOT)))
                .isEqualTo(TokenHash.ofToken("abc"))
                .hasSameHashCodeAs(TokenHash.ofToken("abc"));
        assertThat(TokenHash.ofToken("abd")).isNotEqualTo(TokenHash.ofToken("abc"));
    }

    @Test
    void hashesThatDifferInTheirLastBit_differ() {
        String other = ABC.substring(0, ABC.length() - 1) + "c";
        assertThat(TokenHash.ofHex(other)).isNotEqualTo(TokenHash.ofHex(ABC));
    }

    @Test
    void aHashInAText_isNotTheHash() {
        assertThat(String.valueOf((Object) TokenHash.ofToken("abc"))).doesNotContain(ABC.substring(0, 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ba", "zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"})
    void whatIsNot64HexadecimalDigits_isNoHash(String text) {
        assertThatThrownBy(() -> TokenHash.ofHex(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TokenHash.ofHex(ABC + "00")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aToken_isGoodUntilItsExpiry_andNotAtIt() {
        Instant end = Instant.parse("2027-01-01T00:00:00Z");
        Client client = new Client("door", Role.VERIFIER, end);
        ClientDirectory clientDirectory = ClientDirectory.of(Map.of(TokenHash.ofToken("secret"), client));
        assertThat(clientDirectory.find("secret", end.minusNanos(1))).isEqualTo(Optional.of(client));
        assertThat(clientDirectory.find("secret", end)).isEmpty();
        assertThat(clientDirectory.find("Secret", end.minusNanos(1))).isEmpty();
        assertThat(clientDirectory.size()).isEqualTo(1);
    }

    @Test
    void rolesHaveCodes_thatLeadBackToThem() {
        assertThat(Arrays.stream(Role.values()).map(Role::code))
                .containsExactly(
                        "verifier", "facility", "care-facility", "provider", "registrar", "trust-admin", "tracer");
        for (Role role : Role.values()) {
            assertThat(Role.ofCode(role.code())).isEqualTo(Optional.of(role));
        }
        assertThat(Role.ofCode("VERIFIER")).isEmpty();
        assertThat(Role.ofCode("trust_admin")).isEmpty();
    }
}
