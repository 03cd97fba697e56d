package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.passgate.model.Algorithm;
import io.passgate.model.EventKind;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.api.RunningApi;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKind;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code GET /v1/signers}: the keys, and an ETag that changes when they do. */
final class SignersTest {
    private static final RunningApi RUNNING = RunningApi.open();
    private static final TrustSnapshot FIRST = RUNNING.trust;

    @AfterAll
    static void stop() {
        RUNNING.close();
    }

    @AfterEach
    void reset() {
        RUNNING.trust = FIRST;
    }

    private static HttpResponse<String> get(String ifNoneMatch) {
        var request = RUNNING.request("/v1/signers");
        return RUNNING.send(ifNoneMatch.isEmpty() ? request : request.header("if-none-match", ifNoneMatch));
    }

    private static String etag() {
        return get("").headers().firstValue("etag").orElseThrow();
    }

    @Test
    void theList_namesEachSigner_andNeedsNoToken() throws IOException {
        TestIssuer tests = TestIssuer.of(Algorithm.ES384, "YY", EventKind.TEST, EventKind.VACCINATION);
        Signer own = tests.signer();
        Signer pass = new Signer(own.kid(), own.key(), SignerKind.pass("p"), Signer.ANY_USAGE, Optional.empty());
        RUNNING.trust = TrustSnapshot.given(TrustList.of(List.of(own, pass)));
        HttpResponse<String> response = get("");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        JsonNode signers = new ObjectMapper().readTree(response.body()).path("signers");
        String key = Base64.getEncoder().encodeToString(tests.spki());
        assertThat(signers.size()).isEqualTo(2);
        assertThat(signers.valueStream().map(JsonNode::toString))
                .containsExactlyInAnyOrder(
                        "{\"id\":\"" + own.id() + "\",\"kid\":\"" + own.kid().toBase64()
                                + "\",\"algorithm\":\"ES384\",\"publicKey\":\"" + key
                                + "\",\"usages\":[\"vaccination\",\"test\"],\"kind\":\"dcc\",\"country\":\"YY\","
                                + "\"notBefore\":\"2021-01-01T00:00:00Z\",\"notAfter\":\"2031-01-01T00:00:00Z\"}",
                        "{\"id\":\"" + pass.id() + "\",\"kid\":\"" + own.kid().toBase64()
                                + "\",\"algorithm\":\"ES384\",\"publicKey\":\"" + key
                                + "\",\"usages\":[\"vaccination\",\"test\",\"recovery\",\"exemption\"],"
                                + "\"kind\":\"pass\",\"provider\":\"p\"}");
    }

    @Test
    void whoHasTheList_isToldSo() {
        String etag = etag();
        assertThat(etag).matches("\"[0-9a-f]{32}\"");
        for (String known : List.of(etag, "W/" + etag, "*", "\"other\", " + etag, "\"a\",W/\"b\" , W/" + etag)) {
            HttpResponse<String> response = get(known);
            assertThat(response.statusCode()).as(known).isEqualTo(304);
            assertThat(response.body()).isEmpty();
            assertThat(response.headers().firstValue("etag")).hasValue(etag);
        }
        for (String unknown : List.of("\"other\"", etag.replace("\"", ""), "\"\"", ",")) {
            assertThat(get(unknown).statusCode()).as(unknown).isEqualTo(200);
        }
    }

    @Test
    void theETag_changesWithTheList_andOnlyThen() {
        String before = etag();
        RUNNING.trust = TrustSnapshot.given(TestIssuer.trusting(RunningApi.ISSUER));
        assertThat(etag()).isEqualTo(before);
        RUNNING.trust = TrustSnapshot.given(TestIssuer.trusting(TestIssuer.ec256("XX")));
        assertThat(etag()).isNotEqualTo(before);
        assertThat(get(before).statusCode()).isEqualTo(200);
        RUNNING.trust = TrustSnapshot.none();
        assertThat(get("").body()).isEqualTo("{\"signers\":[]}");
    }
}
