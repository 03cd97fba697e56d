package io.passgate.testing.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.dpop.ProofMaker;
import io.passgate.testing.gateway.IssuingGateways;
import io.passgate.testing.gateway.IssuingGateways.Answer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A person of the story with a consent and a phone at every provider. */
public final class StoryPerson {
    private final IssuingGateways country;
    private final int port;
    private final String ci;
    private final ProviderBooks books;
    private final Map<String, Enrolled> enrolled = new HashMap<>();

    private record Enrolled(String consent, ProofMaker phone) {}

    /** A pass as its provider gets it. */
    public record Pass(String id, String payload) {}

    /** A person whom every provider of {@code country} comes to know by the gateway at {@code port}. */
    public StoryPerson(IssuingGateways country, int port, String ci, ProviderBooks books) {
        this.country = country;
        this.port = port;
        this.ci = ci;
        this.books = books;
        for (String provider : IssuingGateways.PROVIDERS) {
            ProofMaker phone = ProofMaker.fresh();
            String consent = country.consent(port, provider, ci);
            assertThat(country.register(port, provider, consent, phone).status())
                    .isEqualTo(201);
            enrolled.put(provider, new Enrolled(consent, phone));
        }
    }

    private Enrolled at(String provider) {
        return Optional.ofNullable(enrolled.get(provider)).orElseThrow();
    }

    private Optional<String> proof(String provider) {
        return Optional.of(country.proof(at(provider).phone, provider, at(provider).consent));
    }

    /** A fresh pass, which the provider writes into its book. */
    public Pass pass(String provider) {
        Answer answer = IssuingGateways.insist(
                () -> country.pass(port, provider, Optional.of(at(provider).consent), proof(provider)));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        Pass pass = new Pass(answer.json().getString("id"), answer.json().getString("payload"));
        books.write(provider, pass, ci);
        return pass;
    }

    /** Certificates for a wallet, one for each record that it can hold. */
    public Answer certificates(String provider) {
        JsonObject name = new JsonObject().put("familyTransliterated", "KIM").put("givenTransliterated", "YOUNGHEE");
        JsonObject body = new JsonObject()
                .put("consent", at(provider).consent)
                .put("name", name)
                .put("birthDate", "1985-05-17");
        return IssuingGateways.insist(() ->
                country.send(port, provider, "POST", "/v1/certificates", body, proof(provider), "application/json"));
    }
}
