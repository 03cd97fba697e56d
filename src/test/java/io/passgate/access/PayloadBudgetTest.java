package io.passgate.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a client's payloads may cost, and when one that used more may ask again. */
final class PayloadBudgetTest {
    private final ManualTime time = new ManualTime(Instant.EPOCH);

    /** Ten units a second, and a hundred at once. */
    private final RateLimits limits =
            new RateLimits(requests(), Map.of(Role.VERIFIER, new RateLimits.Limit(10, 100)), Set.of(), time);

    private static Map<Role, RateLimits.Limit> requests() {
        Map<Role, RateLimits.Limit> limits = new HashMap<>();
        for (Role role : Role.values()) {
            limits.put(role, new RateLimits.Limit(1_000, 1_000));
        }
        return limits;
    }

    private ClientUse client(String name, Role role) {
        return limits.of(new Client(name, role, Instant.MAX));
    }

    @Test
    void theBurst_isTakenExactly_andComesBackUnitByUnit() {
        ClientUse client = client("x", Role.VERIFIER);
        assertThat(client.takePayloads(99)).isZero();
        assertThat(client.takePayloads(2)).isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(client.takePayloads(1)).isZero();
        assertThat(client.takePayloads(1)).isEqualTo(Duration.ofMillis(100).toNanos());
        time.advance(Duration.ofMillis(100).minusNanos(1));
        assertThat(client.takePayloads(1)).isEqualTo(1);
        time.advance(Duration.ofNanos(1));
        assertThat(client.takePayloads(1)).isZero();
        time.advance(Duration.ofHours(1));
        assertThat(client.takePayloads(101)).as("never more than the burst").isPositive();
        assertThat(client.takePayloads(100)).isZero();
    }

    @Test
    void whatCostMore_isOwed_andNoRequestIsTakenUntilItIsPaid() {
        ClientUse client = client("x", Role.VERIFIER);
        assertThat(client.takePayloads(50)).isZero();
        client.settlePayloads(50, 50 * 9);
        assertThat(client.takeRequest()).isEqualTo(Duration.ofSeconds(35).toNanos());
        time.advance(Duration.ofSeconds(35).minusNanos(1));
        assertThat(client.takeRequest()).isEqualTo(1);
        time.advance(Duration.ofNanos(1));
        assertThat(client.takeRequest()).isZero();
        assertThat(client.takePayloads(1)).isPositive();
    }

    @Test
    void whatWasNotJudged_isGivenBack() {
        ClientUse client = client("x", Role.VERIFIER);
        assertThat(client.takePayloads(100)).isZero();
        client.settlePayloads(100, 0);
        assertThat(client.takePayloads(100)).isZero();
        client.settlePayloads(100, 100);
        assertThat(client.takePayloads(1)).isPositive();
    }

    @Test
    void eachClient_hasItsOwn_andARoleWithoutOneIsNotHeldBack() {
        assertThat(client("x", Role.VERIFIER).takePayloads(100)).isZero();
        assertThat(client("x", Role.VERIFIER).takePayloads(1)).isPositive();
        assertThat(client("y", Role.VERIFIER).takePayloads(100)).isZero();
        assertThat(client("x", Role.FACILITY).takePayloads(1_000_000)).isZero();
    }
}
