package io.passgate.demo;

import io.passgate.dpop.ProofMaker;
import io.passgate.format.entrypass.EntryPass;
import io.passgate.format.entrypass.EntryPassEncoder;
import io.passgate.format.hcert.HcertEncoder;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Algorithm;
import io.passgate.model.Event;
import io.passgate.model.Slice;
import io.passgate.testing.DeterministicKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What is signed in the examples of {@code openapi.yaml}, all of noon (in Korea) of 12 July 2021. Made here again, and
 * compared with the document.
 */
final class ExamplePayloads {
    static final ExampleSigner CERTIFICATES = ExampleSigner.of("Examples");
    static final ExampleSigner PASSES = ExampleSigner.of("Example passes");

    /** That an example of a request adds. */
    static final ExampleSigner NEW_SIGNER = ExampleSigner.of("Example of a new signer");

    private static final Instant NOON = Instant.parse("2021-07-12T03:00:00Z");
    private static final Instant END = Instant.parse("2049-07-12T03:00:00Z");
    private static final LocalDate SECOND_DOSE = LocalDate.of(2021, 6, 21);

    private ExamplePayloads() {}

    /** The certificate of both doses, whose 14 days are over. */
    static String complete() {
        return certificate(DemoCard.vaccination(901, 2, 2, SECOND_DOSE));
    }

    /** The certificate of a first dose. */
    static String incomplete() {
        return certificate(DemoCard.vaccination(902, 1, 2, SECOND_DOSE));
    }

    /** The certificate of both doses with a signature that is a bit off. */
    static String tampered() {
        return HcertEncoder.encode(
                Algorithm.ES256,
                CERTIFICATES.kid(),
                DemoCard.cwt(NOON, END, DemoCard.vaccination(903, 2, 2, SECOND_DOSE)),
                message -> {
                    byte[] signature = CERTIFICATES.key().sign(message);
                    signature[signature.length - 1] ^= 1;
                    return signature;
                });
    }

    private static String certificate(byte[] content) {
        return HcertEncoder.encode(
                Algorithm.ES256, CERTIFICATES.kid(), DemoCard.cwt(NOON, END, content), CERTIFICATES.key()::sign);
    }

    /** A pass that was good for 15 seconds. */
    static String pass() {
        byte[] tag = new byte[EntryPass.TAG_BYTES];
        Arrays.fill(tag, (byte) 0x5A);
        Event dose = new Event.Vaccination("840539006", "EU/1/20/1528", 2, 2, SECOND_DOSE);
        EntryPass pass = new EntryPass(
                DemoExamples.PROVIDER,
                Slice.of("ExamplePassOf15s".getBytes(StandardCharsets.US_ASCII)),
                NOON,
                Slice.of(tag),
                List.of(dose),
                Optional.of(AgeBand.ADULT));
        return EntryPassEncoder.encode(pass, PASSES.kid(), PASSES.key()::sign);
    }

    /** A proof of a phone under the consent of the examples, that was good for a minute. */
    static String proof() {
        DeterministicKey phone = ExampleSigner.key("a phone");
        byte[] spki = phone.publicKey().spki().toByteArray();
        String jwk = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                + base64(Arrays.copyOfRange(spki, spki.length - 64, spki.length - 32)) + "\",\"y\":\""
                + base64(Arrays.copyOfRange(spki, spki.length - 32, spki.length)) + "\"}";
        String claims = ProofMaker.claims(
                DemoStory.htu(DemoExamples.PROVIDER), DemoExamples.CONSENT, NOON, "an-id-that-is-used-once");
        String signed = text(ProofMaker.header(jwk)) + "." + text(claims);
        return signed + "." + base64(phone.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String text(String json) {
        return base64(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
