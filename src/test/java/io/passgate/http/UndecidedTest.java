package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Role;
import io.passgate.http.server.ApiLimits;
import io.passgate.policy.PolicyCatalog;
import io.passgate.testing.api.RunningApi;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** An application whose thread gets no core. */
final class UndecidedTest {
    @Test
    void whatTheDeskDoesNotDecideInTime_is503() {
        ApiLimits usual = RunningApi.limits(100_000);
        ApiLimits hasty = new ApiLimits(
                usual.maxBodyBytes(),
                usual.maxBytesUnderWay(),
                usual.maxBytesPerClient(),
                usual.maxPayloads(),
                usual.bodyPatience(),
                Duration.ofMillis(20),
                usual.shedDelay(),
                usual.idle());
        try (RunningApi impatient = new RunningApi(16, hasty, new PolicyCatalog(List.of()))) {
            impatient.issuing.opened = new CountDownLatch(1);
            HttpRequest.Builder pass = impatient
                    .request("/v1/passes")
                    .header("authorization", "Bearer " + RunningApi.token(Role.PROVIDER))
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofString("{}"));
            HttpResponse<String> late = impatient.send(pass);
            assertThat(late.statusCode()).isEqualTo(503);
            assertThat(late.body()).contains("problem:issuing-unavailable", "fresh proof");
            assertThat(late.headers().firstValue("retry-after")).isPresent();
            impatient.issuing.opened.countDown();
        }
    }
}
