package io.passgate.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SignerKindTest {
    private static final String LONGEST = "abcdefghijklmno-";

    @Test
    void codeAndParty_areShortNames() {
        assertThat(SignerKind.of("toy", "")).contains(new SignerKind("toy", ""));
        assertThat(SignerKind.of(LONGEST, LONGEST)).contains(new SignerKind(LONGEST, LONGEST));
        for (String wrong : List.of("Dcc", "1a", "-a", "a b", "a\n", "\u00e9", LONGEST + "p", "a'")) {
            assertThat(SignerKind.of(wrong, "")).as(wrong).isEmpty();
            assertThat(SignerKind.of("pass", wrong)).as(wrong).isEmpty();
            assertThatThrownBy(() -> new SignerKind(wrong, "")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new SignerKind("pass", wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(SignerKind.of("", "")).isEmpty();
    }

    @Test
    void whatAnIdIsMadeOf_isWhatItAlwaysWas() {
        assertThat(SignerKind.DCC.inId()).isEqualTo("Dcc[]");
        assertThat(SignerKind.pass("kakao").inId()).isEqualTo("Pass[provider=kakao]");
        assertThat(new SignerKind("toy", "").inId()).isEqualTo("Toy[]");
    }

    @Test
    void people_readCodeAndParty() {
        assertThat(SignerKind.DCC).hasToString("dcc");
        assertThat(SignerKind.pass("kakao")).hasToString("pass of kakao");
    }

    @Test
    void aDeclaredKind_isFoundWithAPartyWhereItHasOne() {
        SignerKinds kinds = new SignerKinds(
                List.of(new SignerKinds.Declared("pass", true), new SignerKinds.Declared("dcc", false)));
        assertThat(kinds.find("dcc", Optional.empty())).contains(SignerKind.DCC);
        assertThat(kinds.find("pass", Optional.of("kakao"))).contains(SignerKind.pass("kakao"));
        assertThat(kinds.find("dcc", Optional.of("kakao"))).isEmpty();
        assertThat(kinds.find("dcc", Optional.of(""))).isEmpty();
        assertThat(kinds.find("pass", Optional.empty())).isEmpty();
        assertThat(kinds.find("pass", Optional.of(""))).isEmpty();
        assertThat(kinds.find("pass", Optional.of("KAKAO"))).isEmpty();
        assertThat(kinds.find("toy", Optional.empty())).isEmpty();
        assertThat(kinds).hasToString("dcc, or pass with a \"provider\" in lower case");
    }

    @Test
    void aKindThatTwoFormatsShare_isOne_unlessTheyDisagree() {
        SignerKinds.Declared with = new SignerKinds.Declared("pass", true);
        SignerKinds.Declared without = new SignerKinds.Declared("pass", false);
        assertThat(new SignerKinds(List.of(with, with)).find("pass", Optional.of("p")))
                .isPresent();
        assertThatThrownBy(() -> new SignerKinds(List.of(with, without))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SignerKinds.Declared("No", false)).isInstanceOf(IllegalArgumentException.class);
    }
}
