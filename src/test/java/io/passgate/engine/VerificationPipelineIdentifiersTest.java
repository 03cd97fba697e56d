package io.passgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.codec.CborWriter;
import io.passgate.model.Kid;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.revocation.Revocation;
import io.passgate.revocation.RevocationHash;
import io.passgate.revocation.RevocationHashes;
import io.passgate.revocation.RevocationKey;
import io.passgate.revocation.RevocationKind;
import io.passgate.revocation.RevocationList;
import io.passgate.revocation.RevocationSnapshot;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKind;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Looking a card up by its identifiers: all of them, as the field writes them, and never past one that is unreadable.
 */
final class VerificationPipelineIdentifiersTest {
    private static final Instant NOON = CardSpec.ISSUED_AT.plus(Duration.ofHours(1));
    private static final TestIssuer ISSUER = TestIssuer.ec256("XX");
    private static final String GOOD = "URN:UVCI:01:XX:GOOD#0";
    private static final String REVOKED = "URN:UVCI:01:XX:GONE#0";
    private static final Verdict UNREADABLE = new Verdict.Refused(Reason.HCERT_INVALID);
    private static final Verdict GONE = new Verdict.Refused(Reason.REVOKED);

    private static byte[] text(String text) {
        return new CborWriter().text(text).toByteArray();
    }

    /** An event that holds nothing but {@code ci}. */
    private static byte[] event(byte[] identifier) {
        return new CborWriter().map(1).text("ci").encoded(identifier).toByteArray();
    }

    private static byte[] event(String identifier) {
        return event(text(identifier));
    }

    private static byte[] array(byte[]... events) {
        CborWriter writer = new CborWriter().array(events.length);
        for (byte[] event : events) {
            writer.encoded(event);
        }
        return writer.toByteArray();
    }

    private static String card(String list, byte[]... events) {
        return ISSUER.card(CardSpec.vaccination().events(list, array(events)));
    }

    private static RevocationList revoking(RevocationKind kind, String hashed, Optional<Kid> kid) {
        RevocationHash hash = new RevocationHashes().ofUci(hashed);
        return RevocationList.empty()
                .with(List.of(new Revocation(new RevocationKey(kind, hash, kid), Revocation.LAST_EXPIRY)), List.of());
    }

    private static RevocationList revoking(String identifier) {
        return revoking(RevocationKind.UCI, identifier, Optional.empty());
    }

    private static Verdict judge(Signer signer, String card, RevocationList list) {
        Batch batch = new Batch(1);
        batch.add(TestCards.payload(card), NOON, Optional.empty());
        new VerificationPipeline(1, OneJudge.jca(1), EngineObserver.NONE, UsualFormats.ALL)
                .judge(
                        batch,
                        new TrustContext(
                                TrustSnapshot.given(TrustList.of(List.of(signer))), RevocationSnapshot.given(list)));
        return batch.checked(0).verdict();
    }

    private static Verdict judge(String card, RevocationList list) {
        return judge(ISSUER.signer(), card, list);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "t", "r"})
    void everyEvent_ofEveryKind_isLookedUp(String list) {
        for (RevocationKind kind : List.of(RevocationKind.UCI, RevocationKind.COUNTRYCODEUCI)) {
            String hashed = (kind == RevocationKind.UCI ? "" : "XX") + REVOKED;
            RevocationList revocations = revoking(kind, hashed, Optional.empty());
            assertThat(judge(card(list, event(REVOKED), event(GOOD)), revocations))
                    .isEqualTo(GONE);
            assertThat(judge(card(list, event(GOOD), event(GOOD), event(REVOKED)), revocations))
                    .isEqualTo(GONE);
            assertThat(judge(card(list, event(GOOD), event(GOOD)), revocations)).isInstanceOf(Verdict.Accepted.class);
        }
    }

    /** Events whose identifier nobody can read, by what is wrong with them. */
    private static Map<String, byte[]> unreadable() {
        CborWriter many = new CborWriter().map(33);
        for (int i = 0; i < 32; i++) {
            many.text("a" + i).integer(i);
        }
        return Map.ofEntries(
                Map.entry("a number", event(new CborWriter().integer(7).toByteArray())),
                Map.entry("bytes", event(new CborWriter().bytes(text(REVOKED)).toByteArray())),
                Map.entry("null", event(HexFormat.of().parseHex("f6"))),
                Map.entry("an array", event(array(text(REVOKED)))),
                Map.entry("a map", event(event(REVOKED))),
                Map.entry("a tagged number", event(HexFormat.of().parseHex("c107"))),
                Map.entry("longer than any", event("A".repeat(513))),
                Map.entry("no UTF-8", event(HexFormat.of().parseHex("6261ff"))),
                Map.entry(
                        "twice",
                        new CborWriter()
                                .map(2)
                                .text("ci")
                                .text(GOOD)
                                .text("ci")
                                .text(REVOKED)
                                .toByteArray()),
                Map.entry("behind 32 others", many.text("ci").text(REVOKED).toByteArray()),
                Map.entry("no event", text(REVOKED)),
                Map.entry("a null event", HexFormat.of().parseHex("f6")),
                Map.entry("an event in an event", array(event(REVOKED))),
                Map.entry("a tagged event", HexFormat.of().parseHex("c1a0")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void anIdentifierThatCannotBeRead_refuses_andHidesNoneBehindIt(String name) {
        byte[] event = unreadable().getOrDefault(name, new byte[0]);
        for (String list : List.of("v", "t", "r")) {
            String first = card(list, event, event(REVOKED));
            String last = card(list, event(GOOD), event);
            assertThat(judge(last, revoking(REVOKED))).isEqualTo(UNREADABLE);
            assertThat(judge(first, revoking(REVOKED))).isIn(UNREADABLE, GONE);
            assertThat(judge(card(list, event(REVOKED), event), revoking(REVOKED)))
                    .isEqualTo(GONE);
            assertThat(judge(last, RevocationList.empty())).isInstanceOf(Verdict.Accepted.class);
            RevocationList ofAnother =
                    revoking(RevocationKind.UCI, REVOKED, Optional.of(Kid.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8})));
            assertThat(judge(last, ofAnother)).isInstanceOf(Verdict.Accepted.class);
        }
    }

    private static List<String> names() {
        return List.copyOf(unreadable().keySet());
    }

    @Test
    void anEventWithoutIdentifier_hasNoneThatCouldBeRevoked() {
        byte[] without = new CborWriter().map(0).toByteArray();
        assertThat(judge(card("v", without), revoking(REVOKED))).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge(card("v", without, event(REVOKED)), revoking(REVOKED))).isEqualTo(GONE);
    }

    @ParameterizedTest(name = "shown \"{0}\"")
    @ValueSource(
            strings = {
                "URN:UVCI:01:XX:GONE#0",
                " URN:UVCI:01:XX:GONE#0",
                "URN:UVCI:01:XX:GONE#0\n",
                "\u00a0URN:UVCI:01:XX:GONE#0\u00a0\t",
                "\ufeffURN:UVCI:01:XX:GONE#0",
                "01:XX:GONE#0",
                " 01:XX:GONE#0 ",
                "urn:uvci:01:XX:GONE#0",
            })
    void whatTheFieldPutsAroundAnIdentifier_doesNotHideIt(String shown) {
        String card = card("v", event(shown));
        for (String listed : List.of(shown, "URN:UVCI:01:XX:GONE#0", "01:XX:GONE#0")) {
            assertThat(judge(card, revoking(listed))).as("listed as %s", listed).isEqualTo(GONE);
            RevocationList withCountry = revoking(RevocationKind.COUNTRYCODEUCI, "XX" + listed, Optional.empty());
            assertThat(judge(card, withCountry)).as("XX and %s", listed).isEqualTo(GONE);
        }
        assertThat(judge(card, revoking("URN:UVCI:01:XX:GONE"))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void anIdentifierInsideTags_orInPieces_isReadAllTheSame() {
        byte[] tagged = new CborWriter().tag(37).text(REVOKED).toByteArray();
        byte[] pieces = HexFormat.of()
                .parseHex("7f" + HexFormat.of().formatHex(text(REVOKED.substring(0, 5)))
                        + HexFormat.of().formatHex(text(REVOKED.substring(5))) + "ff");
        assertThat(judge(card("v", event(tagged)), revoking(REVOKED))).isEqualTo(GONE);
        assertThat(judge(card("v", event(pieces)), revoking(REVOKED))).isEqualTo(GONE);
        assertThat(REVOKED.getBytes(StandardCharsets.UTF_8)).isNotEmpty();
    }

    @ParameterizedTest(name = "issuer \"{0}\"")
    @ValueSource(strings = {"XX", " XX ", "", "Ministry of Health"})
    void withTheCountry_thatOfTheSignerCountsAsWell(String issuer) {
        String card = ISSUER.card(CardSpec.vaccination().issuer(issuer).events("v", array(event(REVOKED))));
        RevocationList list = revoking(RevocationKind.COUNTRYCODEUCI, "XX" + REVOKED, Optional.empty());
        assertThat(judge(card, list)).isEqualTo(GONE);
        RevocationList asWritten = revoking(RevocationKind.COUNTRYCODEUCI, issuer + REVOKED, Optional.empty());
        if (!issuer.isEmpty()) {
            assertThat(judge(card, asWritten)).isEqualTo(GONE);
        }
    }

    @Test
    void withTheCountry_aCardOfNoKnownCountry_isRefused() {
        Signer own = ISSUER.signer();
        Signer bare = new Signer(own.kid(), own.key(), SignerKind.DCC, Signer.ANY_USAGE, Optional.empty());
        String card = ISSUER.card(CardSpec.vaccination().issuer("").events("v", array(event(GOOD))));
        RevocationList withCountry = revoking(RevocationKind.COUNTRYCODEUCI, "XX" + REVOKED, Optional.empty());
        assertThat(judge(bare, card, withCountry)).isEqualTo(UNREADABLE);
        assertThat(judge(bare, card, revoking(REVOKED))).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge(own, card, withCountry)).isInstanceOf(Verdict.Accepted.class);
        TestIssuer noCountry = ISSUER.withCertificate(TestCertificate.named(""));
        String byIt = noCountry.card(CardSpec.vaccination().issuer("").events("v", array(event(GOOD))));
        assertThat(judge(noCountry.signer(), byIt, withCountry)).isEqualTo(UNREADABLE);
    }
}
