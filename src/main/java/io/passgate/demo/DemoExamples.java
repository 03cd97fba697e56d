package io.passgate.demo;

import io.passgate.crypto.VerificationKeys;
import io.passgate.dpop.ProofMaker;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKind;
import io.passgate.trust.TrustImporter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.security.Provider;
import java.util.List;
import java.util.Optional;

/**
 * What the examples of {@code openapi.yaml} speak of: their signers, and the holders, consents and certificate by the
 * ids that stand there. With them every request of the document can be sent to a demonstration as it stands.
 */
final class DemoExamples {
    /** The provider of all examples, of whom passes need no device proof. */
    static final String PROVIDER = "naver";

    /** The connecting information of the person in the examples. */
    private static final String HOLDER =
            "UGFzc2dhdGUgZGVtbzogdGhlIHBlcnNvbiBvZiB0aGUgZXhhbXBsZXMsIHdobyBpcyBpbnZlbnRlZCBieSB1cy4u";

    /** That of another one, whose consent is there to be withdrawn. */
    private static final String SECOND =
            "UGFzc2dhdGUgZGVtbzogYSBzZWNvbmQgb25lLCB3aG8gd2l0aGRyYXdzIHRoZSBjb25zZW50LCBpbnZlbnRlZC4u";

    /** The consent of the first of them, which the examples name. */
    static final String CONSENT = "ExampleConsentOfNaverA";

    private static final String CONSENT_TO_WITHDRAW = "ExampleConsentToEndNow";
    private static final String CERTIFICATE = "ExampleCertificateNowA";

    private final DemoClient gateway;
    private final DemoStores stores;

    /** @param stores where ids are changed into those of the document: a gateway draws them at random */
    DemoExamples(DemoClient gateway, DemoStores stores) {
        this.gateway = gateway;
        this.stores = stores;
    }

    /** The signer of the health certificates, and that of the provider's pass. */
    static List<Signer> signers(Provider provider) throws IOException {
        TrustImporter importer = new TrustImporter(new VerificationKeys(provider));
        Signer certificates = signer(importer, "example-signer.pem");
        Signer passes = signer(importer, "example-pass-signer.pem");
        return List.of(
                certificates,
                new Signer(
                        passes.kid(), passes.key(), SignerKind.pass(PROVIDER), passes.usages(), passes.certificate()));
    }

    private static Signer signer(TrustImporter importer, String resource) throws IOException {
        try (InputStream in = DemoExamples.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the demonstration's jar lacks " + resource);
            }
            return importer.read(resource, in.readAllBytes()).signers().getFirst();
        }
    }

    /** Lays the records, consents and the certificate. */
    void lay() throws IOException {
        JsonObject dose = new JsonObject()
                .put("id", "example-1")
                .put("kind", "immunization")
                .put("holder", HOLDER)
                .put("product", "EU/1/20/1528")
                .put("dose", 1)
                .put("of", 2)
                .put("date", "2021-05-10");
        var _ = ask(
                DemoTokens.REGISTRAR, "records", new JsonObject().put("records", new JsonArray().add(dose)), "records");
        consent(HOLDER, CONSENT);
        consent(SECOND, CONSENT_TO_WITHDRAW);
        certify();
    }

    private void consent(String holder, String id) throws IOException {
        String given = ask(PROVIDER, "consents", new JsonObject().put("holder", holder), "consent")
                .getString("consent");
        stores.rename("consent", given, id);
    }

    /** By a phone of its own, whose place the next one takes. */
    private void certify() throws IOException {
        ProofMaker phone = ProofMaker.fresh();
        JsonObject body = new JsonObject().put("consent", CONSENT);
        String htu = DemoStory.htu(PROVIDER);
        var _ = gateway.post(PROVIDER, "devices", body, Optional.of(phone.proof(htu, CONSENT)));
        body.put("name", DemoHolder.subject()).put("birthDate", "1985-05-17");
        JsonObject made = gateway.post(PROVIDER, "certificates", body, Optional.of(phone.proof(htu, CONSENT)));
        String id = require(made, "certificates")
                .getJsonArray("certificates")
                .getJsonObject(0)
                .getString("id");
        stores.rename("certificate", id, CERTIFICATE);
    }

    private JsonObject ask(String client, String what, JsonObject body, String member) throws IOException {
        return require(gateway.post(client, what, body, Optional.empty()), member);
    }

    private static JsonObject require(JsonObject answer, String member) throws IOException {
        if (!answer.containsKey(member)) {
            throw new IOException("an example was not laid: " + answer.getString("title"));
        }
        return answer;
    }
}
