package io.passgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.passgate.format.Decoded;
import io.passgate.format.hcert.DccClaims;
import io.passgate.format.hcert.HcertDecoder;
import io.passgate.model.Credential;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.testing.TestCards;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the input: a value and never an exception, and never more than 1 MB taken for one item. */
final class HostilePayloadsTest {
    private static final long MAX_BYTES = 1_000_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final HcertDecoder decoder = new HcertDecoder();
    private final DccClaims claims = new DccClaims();
    private long worst;
    private String worstName = "";

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Decodes, and reads the claims where there are any. */
    private Decoded decodeAndRead(Slice payload) {
        Decoded decoded = decoder.decode(payload);
        if (decoded instanceof Decoded.Well(Credential credential)) {
            var _ = claims.read(credential.claims());
        }
        return decoded;
    }

    private Decoded measured(String name, String card) {
        Slice payload = TestCards.payload(card);
        long before = allocated();
        try {
            Decoded decoded = decodeAndRead(payload);
            note(name, allocated() - before);
            return decoded;
        } catch (RuntimeException | Error escaped) {
            return fail("escaped from " + name, escaped);
        }
    }

    private void note(String name, long bytes) {
        if (bytes > worst) {
            worst = bytes;
            worstName = name;
        }
    }

    private static Map<String, String> corpus(long seed) {
        Map<String, String> cards = new LinkedHashMap<>(HostilePayloads.itemsEverywhere());
        cards.putAll(HostilePayloads.costly());
        cards.put("another version", "HC2:" + "A".repeat(4_000));
        HostilePayloads.random(new Random(seed), 5_000)
                .forEach(card -> cards.put("number " + cards.size() + " of seed " + seed, card));
        return cards;
    }

    @Test
    void anyPayload_isDecidedWithoutException_inUnder1Megabyte() {
        Map<String, String> corpus = corpus(System.nanoTime());
        corpus.values().forEach(card -> decodeAndRead(TestCards.payload(card)));
        Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
        int well = 0;
        for (Map.Entry<String, String> entry : corpus.entrySet()) {
            switch (measured(entry.getKey(), entry.getValue())) {
                case Decoded.Well(var credential) -> well++;
                case Decoded.Malformed(var reason, var format) -> {
                    assertThat(reason.stage()).isEqualTo(Reason.Stage.DECODE);
                    reasons.merge(reason, 1, Integer::sum);
                }
            }
        }
        System.out.println("hostile payloads: " + corpus.size() + ", well formed " + well + ", refused " + reasons
                + ", most allocated for one " + worst + " bytes: " + worstName);
        assertThat(worst).as(worstName).isBetween(1L, MAX_BYTES);
        assertThat(well).isPositive();
        assertThat(reasons.keySet())
                .contains(
                        Reason.INPUT_TOO_LONG,
                        Reason.NOT_A_CREDENTIAL,
                        Reason.PREFIX_UNKNOWN,
                        Reason.BASE45_INVALID,
                        Reason.ZLIB_INVALID,
                        Reason.INFLATED_TOO_LONG,
                        Reason.CBOR_INVALID,
                        Reason.CBOR_TOO_COMPLEX,
                        Reason.COSE_INVALID,
                        Reason.ALGORITHM_UNSUPPORTED,
                        Reason.KID_MISSING,
                        Reason.CWT_INVALID,
                        Reason.CWT_TIME_INVALID,
                        Reason.HCERT_MISSING,
                        Reason.HCERT_INVALID);
    }

    @Test
    void anyCertificate_isReadWithoutException_inUnder1Megabyte() {
        Map<String, byte[]> certificates = HostilePayloads.certificates();
        for (int round = 0; round < 2; round++) {
            worst = 0;
            for (Map.Entry<String, byte[]> entry : certificates.entrySet()) {
                Slice certificate = Slice.of(entry.getValue());
                long before = allocated();
                try {
                    var _ = claims.read(certificate);
                } catch (RuntimeException | Error escaped) {
                    fail("escaped from " + entry.getKey(), escaped);
                }
                note(entry.getKey(), allocated() - before);
            }
        }
        System.out.println("hostile certificates: " + certificates.size() + ", most allocated for one " + worst
                + " bytes: " + worstName);
        assertThat(worst).as(worstName).isBetween(1L, MAX_BYTES);
    }
}
