package io.passgate.demo;

import io.passgate.model.Korea;
import java.security.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Certificates around one instant, each made to meet its own fate. */
final class DemoCorpus {
    private static final String USAGE_TEST = "1.3.6.1.4.1.1847.2021.1.1";
    private static final int GOOD_CARDS = 64;

    private final Instant now;
    private final LocalDate today;
    private final DemoSigner ministry;
    private final DemoSigner testCentre;
    private final DemoSigner stranger;

    DemoCorpus(Provider provider, Instant now) {
        this.now = now;
        this.today = Korea.dayOf(now);
        Instant from = now.minus(Duration.ofDays(730));
        Instant until = now.plus(Duration.ofDays(730));
        this.ministry = DemoSigner.make(provider, "Ministry", from, until);
        this.testCentre = DemoSigner.make(provider, "Test centre", from, until, USAGE_TEST);
        this.stranger = DemoSigner.make(provider, "Stranger", from, until);
    }

    /**
     * One certificate and what is to be expected of it.
     *
     * @param plain verdict and reason without a policy
     * @param korea verdict and reason by the policy {@code kr}
     */
    record Exhibit(String name, String payload, String plain, String korea) {}

    /** The signers to trust, as PEM by file name; the stranger is not among them. */
    Map<String, String> trust() {
        return new TreeMap<>(
                Map.of("ministry.pem", ministry.certificatePem(), "test-centre.pem", testCentre.certificatePem()));
    }

    List<Exhibit> exhibits() {
        return List.of(
                new Exhibit(
                        "second-dose-60-days-ago",
                        current(ministry, DemoCard.vaccination(1, 2, 2, today.minusDays(60))),
                        "accepted",
                        "accepted"),
                new Exhibit(
                        "second-dose-13-days-ago",
                        current(ministry, DemoCard.vaccination(2, 2, 2, today.minusDays(13))),
                        "accepted",
                        "refused vaccination_wait_not_over"),
                new Exhibit(
                        "negative-test-20-hours-ago",
                        current(testCentre, DemoCard.test(4, now.minus(Duration.ofHours(20)))),
                        "accepted",
                        "accepted"),
                new Exhibit(
                        "expired",
                        ministry.sign(DemoCard.cwt(
                                now.minus(Duration.ofDays(400)),
                                now.minus(Duration.ofDays(35)),
                                DemoCard.recovery(5, today.minusDays(420)))),
                        "refused expired",
                        "refused expired"),
                new Exhibit(
                        "tampered",
                        ministry.signWrongly(claims(DemoCard.vaccination(3, 2, 2, today.minusDays(60)))),
                        "refused signature_invalid",
                        "refused signature_invalid"),
                new Exhibit(
                        "unknown-signer",
                        current(stranger, DemoCard.vaccination(6, 2, 2, today.minusDays(60))),
                        "refused signer_unknown",
                        "refused signer_unknown"),
                new Exhibit(
                        "wrong-usage",
                        current(testCentre, DemoCard.vaccination(7, 2, 2, today.minusDays(60))),
                        "refused signer_usage_mismatch",
                        "refused signer_usage_mismatch"),
                new Exhibit(
                        "malformed", "HC1:THIS IS NO CERTIFICATE", "refused base45_invalid", "refused base45_invalid"));
    }

    /** Certificates that are all accepted, without a policy and by Korea's. */
    List<String> goodCards() {
        List<String> cards = new ArrayList<>();
        for (int person = 0; person < GOOD_CARDS; person++) {
            cards.add(current(ministry, DemoCard.vaccination(100 + person, 2, 2, today.minusDays(20 + person))));
        }
        return cards;
    }

    private String current(DemoSigner signer, byte[] certificate) {
        return signer.sign(claims(certificate));
    }

    private byte[] claims(byte[] certificate) {
        return DemoCard.cwt(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(180)), certificate);
    }
}
