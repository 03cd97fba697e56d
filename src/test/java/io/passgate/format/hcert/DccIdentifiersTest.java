package io.passgate.format.hcert;

import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORObject;
import io.passgate.codec.Bounds;
import io.passgate.model.Slice;
import org.junit.jupiter.api.Test;

/** The identifiers that certificates are revoked by. */
final class DccIdentifiersTest {
    private static Slice certificate(String identifier) {
        CBORObject event = CBORObject.NewMap().Add("ci", identifier);
        CBORObject content = CBORObject.NewMap().Add("v", CBORObject.NewArray().Add(event));
        return Slice.of(content.EncodeToBytes());
    }

    @Test
    void oneReader_readsOneCertificateAfterTheOther() {
        DccIdentifiers identifiers = new DccIdentifiers();
        assertThat(identifiers.read(certificate("one"))).containsExactly("one");
        assertThat(identifiers.read(certificate("two"))).containsExactly("two");
        assertThat(identifiers.isComplete()).isTrue();
    }

    @Test
    void anIdentifierAsLongAsATextMayBe_isRead_andALongerOneLeavesTheListIncomplete() {
        DccIdentifiers identifiers = new DccIdentifiers();
        String longest = "x".repeat(Bounds.MAX_TEXT_BYTES);
        assertThat(identifiers.read(certificate(longest))).containsExactly(longest);
        assertThat(identifiers.isComplete()).isTrue();
        assertThat(identifiers.read(certificate(longest + "x"))).isEmpty();
        assertThat(identifiers.isComplete()).isFalse();
    }
}
