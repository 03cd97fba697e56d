package io.passgate.store.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.testing.TestIssuer;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A signer's kind in bytes: the two oldest keep theirs, and any other is written by its names. */
final class RecordCodecTest {
    private static final Signer DCC = TestIssuer.ec256("XX").signer();

    private final RecordCodec records =
            new RecordCodec(new VerificationKeys(CryptoProviders.preferred()), signer -> true);

    private static Signer of(SignerKind kind) {
        return new Signer(DCC.kid(), DCC.key(), kind, DCC.usages(), DCC.certificate());
    }

    private byte[] written(SignerKind kind) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        records.write(new DataOutputStream(bytes), of(kind));
        return bytes.toByteArray();
    }

    private Optional<Signer> read(byte[] bytes) throws IOException {
        return records.readSigner(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    /** Where the kind stands: behind the KID and the key, each with its length. */
    private static int kindStart() {
        return 1 + DCC.kid().toByteArray().length + 2 + DCC.publicKey().length();
    }

    /** A record whose kind is the given bytes. */
    private byte[] withKind(byte... kind) throws IOException {
        byte[] dcc = written(SignerKind.DCC);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(dcc, 0, kindStart());
        bytes.writeBytes(kind);
        bytes.write(dcc, kindStart() + 1, dcc.length - kindStart() - 1);
        return bytes.toByteArray();
    }

    @Test
    void theOldestKinds_keepTheirBytes() throws IOException {
        assertThat(written(SignerKind.DCC)[kindStart()]).isZero();
        byte[] pass = written(SignerKind.pass("ka"));
        assertThat(Arrays.copyOfRange(pass, kindStart(), kindStart() + 5)).containsExactly(1, 0, 2, 'k', 'a');
        assertThat(read(withKind((byte) 0))).contains(of(SignerKind.DCC));
        assertThat(read(withKind((byte) 1, (byte) 0, (byte) 2, (byte) 'k', (byte) 'a')))
                .contains(of(SignerKind.pass("ka")));
    }

    @Test
    void anyOtherKind_comesBackAsItWas() throws IOException {
        for (SignerKind kind : new SignerKind[] {
            new SignerKind("toy", ""),
            new SignerKind("toy", "party"),
            new SignerKind("dcc", "party"),
            SignerKind.pass("")
        }) {
            assertThat(read(written(kind))).contains(of(kind));
        }
    }

    @Test
    void aNameThatNoneCanHave_isPassedOver_andAnUnknownByteIsNot() throws IOException {
        assertThat(read(withKind((byte) 1, (byte) 0, (byte) 2, (byte) 'K', (byte) 'a')))
                .isEmpty();
        assertThat(read(withKind((byte) 2, (byte) 0, (byte) 1, (byte) 'A', (byte) 0, (byte) 0)))
                .isEmpty();
        byte[] unknown = withKind((byte) 3);
        assertThatThrownBy(() -> read(unknown)).isInstanceOf(IOException.class);
    }
}
