package io.passgate.issuance.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.passgate.format.hcert.Subject;
import io.passgate.issuance.SomeRecord;
import io.passgate.model.Event;
import io.passgate.model.Verdict;
import io.passgate.registry.HealthRecord;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import se.digg.dgc.payload.v1.DigitalCovidCertificate;
import se.digg.dgc.payload.v1.PersonName;

/** What must hold of every certificate, whatever the record and whoever the holder. */
final class WalletCertificatePropertiesTest {
    private static final TestWallet WALLET = new TestWallet();

    private List<WalletCertificate> certify(SomeRecord record) {
        return WALLET.certify(record.subject(), record.entries());
    }

    @Property(tries = 300)
    void everyEventButAnExemptionIsCertified(@ForAll Random random) {
        SomeRecord record = SomeRecord.draw(random);
        List<WalletCertificate> made = certify(record);
        assertThat(made).hasSize((int) record.entries().stream()
                .filter(healthRecord -> !(healthRecord instanceof HealthRecord.BirthYear))
                .count());
        for (WalletCertificate certificate : made) {
            boolean exempt = record.entries().get(certificate.entry()) instanceof HealthRecord.Exemption;
            assertThat(certificate instanceof WalletCertificate.Withheld).isEqualTo(exempt);
        }
    }

    @Property(tries = 300)
    void ourEngineAcceptsIt_andReadsTheEventItWasMadeOf(@ForAll Random random) {
        SomeRecord record = SomeRecord.draw(random);
        for (WalletCertificate made : certify(record)) {
            if (made instanceof WalletCertificate.Issued issued) {
                assertThat(WALLET.verdict(TestWallet.NOW, issued.payload()))
                        .isEqualTo(new Verdict.Accepted(issued.expiresAt().getEpochSecond()));
                assertThat(WALLET.claims(issued.payload()).events())
                        .containsExactly(asADccSaysIt(record.entries().get(issued.entry())));
                assertThat(WALLET.identifiers(issued.payload())).containsExactly(issued.uci());
            }
        }
    }

    private static Event asADccSaysIt(HealthRecord healthRecord) {
        return switch (healthRecord.event().orElseThrow()) {
            case Event.Vaccination dose -> dose;
            case Event.Test(var target, var type, var at, var result) ->
                new Event.Test(target, type, at.truncatedTo(ChronoUnit.SECONDS), result);
            case Event.Recovery(var target, var positive, var from, var until, var released) ->
                new Event.Recovery(
                        target,
                        positive,
                        Optional.of(positive.plusDays(11)),
                        Optional.of(positive.plusDays(180)),
                        Optional.empty());
            case Event.Exemption exemption -> exemption;
        };
    }

    @Property(tries = 300)
    void thePeerAcceptsIt_andReadsAllOfIt(@ForAll Random random) throws Exception {
        SomeRecord record = SomeRecord.draw(random);
        for (WalletCertificate made : certify(record)) {
            if (made instanceof WalletCertificate.Issued issued) {
                DigitalCovidCertificate read = WALLET.readByPeer(issued.payload());
                ObjectNode json = DigitalCovidCertificate.getJSONMapper().valueToTree(read);
                ObjectNode ours = TestWallet.json(issued.payload());
                assertThat(json.remove("nam")).isNotNull();
                assertThat(ours.remove("nam")).isNotNull();
                assertThat(json).isEqualTo(ours);
                assertSameName(read.getNam(), record.subject());
                assertThat(read.getDob()).isEqualTo(record.subject().birthDate());
            }
        }
    }

    /** The peer makes up a transliterated name where there is a written one only. */
    private static void assertSameName(PersonName name, Subject subject) {
        assertThat(name.getFnt()).isEqualTo(subject.familyNameTransliterated());
        assertThat(Optional.ofNullable(name.getFn())).isEqualTo(subject.familyName());
        assertThat(Optional.ofNullable(name.getGn())).isEqualTo(subject.givenName());
        if (!subject.givenNameTransliterated().isEmpty()) {
            assertThat(name.getGnt()).isEqualTo(subject.givenNameTransliterated());
        }
    }
}
