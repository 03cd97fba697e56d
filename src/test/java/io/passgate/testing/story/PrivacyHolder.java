package io.passgate.testing.story;

import io.passgate.codec.Base45;
import io.passgate.dpop.ProofMaker;
import io.passgate.format.entrypass.EntryPass;
import io.passgate.format.hcert.DccEvent;
import io.passgate.format.hcert.DccWriter;
import io.passgate.format.hcert.Subject;
import io.passgate.model.Event;
import io.passgate.testing.CardSpec;
import io.passgate.testing.NeedleSearch;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.gateway.IssuingGateways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** A person whom no test but one knows, and all that is handed to a gateway of her. */
final class PrivacyHolder {
    private static final int BESIDE_ID = 3;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Where a pass's id stands in its claims: it may be kept, being nobody's name. */
    private static final byte[] ID_HEAD = {0x07, 0x50};

    private static final String PASS = "KP1:";
    private static final String CERTIFICATE = "HC1:";
    private static final int MIDDLE_BYTES = 400;

    final String ci;
    final String family;
    final String given;
    final String familyHangul;
    final String givenHangul;
    final String birthDate;
    final ProofMaker phone = ProofMaker.fresh();
    final List<String> passes = new ArrayList<>();
    final List<String> certificates = new ArrayList<>();
    final List<String> proofs = new ArrayList<>();
    final List<byte[]> pictures = new ArrayList<>();

    PrivacyHolder(int number) {
        byte[] bytes = new byte[64];
        RANDOM.nextBytes(bytes);
        ci = Base64.getEncoder().encodeToString(bytes);
        family = letters("KANARI", 'A', 26, 12);
        given = letters("VOGEL", 'A', 26, 12);
        familyHangul = letters("새", '가', 11_172, 11);
        givenHangul = letters("숨", '가', 11_172, 11);
        birthDate = LocalDate.of(1951, 3, 7).plusDays(1_009L * number).toString();
    }

    private static String letters(String start, char first, int count, int length) {
        StringBuilder text = new StringBuilder(start);
        RANDOM.ints(length, 0, count).forEach(letter -> text.append((char) (first + letter)));
        return text.toString();
    }

    /** Two doses, and a year of birth. */
    JsonObject records() {
        JsonArray records = new JsonArray();
        for (int dose = 1; dose <= 2; dose++) {
            records.add(record("immunization")
                    .put("product", "EU/1/20/1528")
                    .put("dose", dose)
                    .put("of", 2)
                    .put(
                            "date",
                            LocalDate.now(ZoneOffset.UTC)
                                    .minusDays(90L - 30L * dose)
                                    .toString()));
        }
        records.add(record("birth_year").put("year", Integer.parseInt(birthDate.substring(0, 4))));
        return new JsonObject().put("records", records);
    }

    private JsonObject record(String kind) {
        return new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("kind", kind)
                .put("holder", ci);
    }

    JsonObject certificateWish(String consent) {
        return new JsonObject()
                .put("consent", consent)
                .put("birthDate", birthDate)
                .put(
                        "name",
                        new JsonObject()
                                .put("family", familyHangul)
                                .put("given", givenHangul)
                                .put("familyTransliterated", family)
                                .put("givenTransliterated", given));
    }

    /** A fresh proof of her phone. */
    String proof(String provider, String consent) {
        String proof = phone.proof(
                IssuingGateways.htu(provider),
                consent,
                Instant.now(),
                UUID.randomUUID().toString());
        proofs.add(proof);
        return proof;
    }

    /** A certificate that another country's issuer made for her. */
    String cardOf(TestIssuer issuer) {
        Event.Vaccination dose = new Event.Vaccination(
                "840539006", "EU/1/20/1528", 2, 2, LocalDate.now(ZoneOffset.UTC).minusDays(40));
        DccEvent event = DccEvent.vaccination(
                dose,
                "1119349007",
                "ORG-100030215",
                new DccEvent.Attested("XX", "Test ministry", "URN:UVCI:01:XX:" + given + "#0"));
        byte[] dcc = DccWriter.certificate(
                new Subject(family, given, Optional.of(familyHangul), Optional.of(givenHangul), birthDate), event);
        Instant now = Instant.now();
        String card = issuer.card(CardSpec.vaccination()
                .certificate(dcc)
                .issuedAt(now.minusSeconds(90))
                .expiresAt(now.plusSeconds(9_000)));
        certificates.add(card);
        return card;
    }

    /** All that nobody may find of her. */
    void hideIn(NeedleSearch search, String who, PrivacyHolder somebodyElse) {
        search.add(who + "'s CI", ci)
                .add(who + "'s family name", family)
                .add(who + "'s given name", given)
                .add(who + "'s family name in Hangul", familyHangul)
                .add(who + "'s given name in Hangul", givenHangul)
                .add(who + "'s birth date", birthDate);
        hide(search, who + "'s pass", passes, somebodyElse.passes);
        hide(search, who + "'s certificate", certificates, somebodyElse.certificates);
        hide(search, who + "'s device proof", proofs, somebodyElse.proofs);
        for (int i = 0; i < pictures.size(); i++) {
            String other = latin1(somebodyElse.pictures.get(i));
            search.add(who + "'s picture " + i, middle(pictures.get(i)), piece -> !other.contains(latin1(piece)));
        }
    }

    /** Of a picture so much that it tells which one it is. */
    private static byte[] middle(byte[] picture) {
        int from = picture.length / 3;
        return Arrays.copyOfRange(picture, from, Math.min(picture.length, from + MIDDLE_BYTES));
    }

    /** Texts, and what is in them; but not what stands in another's as well, such as a header. */
    private static void hide(NeedleSearch search, String name, List<String> texts, List<String> others) {
        String otherTexts = String.join(" ", others);
        String otherMessages = others.stream()
                .flatMap(other -> message(other).stream())
                .map(PrivacyHolder::latin1)
                .collect(Collectors.joining());
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            search.add(name + " " + i, latin1(text), piece -> !otherTexts.contains(latin1(piece)));
            Optional<byte[]> message = message(text);
            if (message.isPresent()) {
                String id = text.startsWith(PASS) ? latin1(passId(message.get())) : "";
                search.add(
                        name + " " + i + ", decoded",
                        message.get(),
                        piece -> !isOfId(latin1(piece), id) && !otherMessages.contains(latin1(piece)));
            }
            if (text.startsWith(CERTIFICATE)) {
                search.add(
                        name + " " + i + ", compressed",
                        TestCards.compressed(text),
                        piece -> !otherMessages.contains(latin1(piece)));
            }
        }
    }

    /**
     * Whether all of a piece but three bytes is the id, which may be found: any three bytes stand beside it in the log
     * once in a while, and one does in every 256th entry.
     */
    private static boolean isOfId(String piece, String id) {
        if (id.isEmpty()) {
            return false;
        }
        for (int beside = 0; beside <= BESIDE_ID; beside++) {
            if (id.contains(piece.substring(beside)) && (beside == 0 || id.startsWith(piece.substring(beside)))) {
                return true;
            }
            if (id.endsWith(piece.substring(0, piece.length() - beside))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<byte[]> message(String text) {
        if (text.startsWith(CERTIFICATE)) {
            return Optional.of(TestCards.message(text));
        }
        if (text.startsWith(PASS)) {
            byte[] chars = text.substring(PASS.length()).getBytes(StandardCharsets.US_ASCII);
            byte[] message = new byte[Base45.decodedLength(chars.length)];
            var _ = Base45.decode(chars, 0, chars.length, message);
            return Optional.of(message);
        }
        return Optional.empty();
    }

    private static byte[] passId(byte[] message) {
        for (int at = 0; at + ID_HEAD.length + EntryPass.ID_BYTES <= message.length; at++) {
            int from = at + ID_HEAD.length;
            if (Arrays.equals(message, at, from, ID_HEAD, 0, ID_HEAD.length)) {
                return Arrays.copyOfRange(message, from, from + EntryPass.ID_BYTES);
            }
        }
        return new byte[0];
    }

    /** A character for each byte. */
    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
