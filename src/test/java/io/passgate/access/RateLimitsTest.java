package io.passgate.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two requests a second, five at once. */
final class RateLimitsTest {
    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private final RateLimits limits = new RateLimits(all(), time);

    private static Map<Role, RateLimits.Limit> all() {
        Map<Role, RateLimits.Limit> limits = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            limits.put(role, new RateLimits.Limit(2, 5));
        }
        return limits;
    }

    private static Client client(String name, Role role) {
        return new Client(name, role, Instant.MAX);
    }

    private void useUp(Client client) {
        for (int i = 0; i < 5; i++) {
            assertThat(limits.take(client)).isZero();
        }
    }

    @Test
    void beyondItsBurst_aClientWaitsForTheNextToken_andNoLonger() {
        Client door = client("door", Role.FACILITY);
        useUp(door);
        assertThat(limits.take(door)).isEqualTo(Duration.ofMillis(500).toNanos());
        time.advance(Duration.ofMillis(500).minusNanos(1));
        assertThat(limits.take(door)).isEqualTo(1);
        time.advance(Duration.ofNanos(1));
        assertThat(limits.take(door)).isZero();
        assertThat(limits.take(door)).isPositive();
    }

    @Test
    void eachClient_hasItsOwn_whateverTokenItUses() {
        useUp(client("door", Role.FACILITY));
        assertThat(limits.take(new Client("door", Role.FACILITY, Instant.EPOCH)))
                .isPositive();
        assertThat(limits.take(client("other", Role.FACILITY))).isZero();
        assertThat(limits.take(client("door", Role.VERIFIER))).isZero();
    }

    @Test
    void aClientThatIsNamed_hasNoLimit_whateverItsRole_andTheOthersHave() {
        Map<Role, RateLimits.Limit> cost = Map.of(Role.VERIFIER, new RateLimits.Limit(1, 10));
        RateLimits lifted = new RateLimits(all(), cost, Set.of("load"), time);
        for (Role role : Role.values()) {
            ClientUse use = lifted.of(client("load", role));
            for (int i = 0; i < 10_000; i++) {
                assertThat(use.takeRequest()).isZero();
                assertThat(use.takePayloads(1_000)).isZero();
            }
            assertThat(lifted.of(client("other", role)).takePayloads(1_000) > 0).isEqualTo(role == Role.VERIFIER);
        }
    }

    @Test
    void aRoleWithoutALimit_isAMistake() {
        assertThatThrownBy(() -> new RateLimits(Map.of(), time)).isInstanceOf(IllegalArgumentException.class);
    }
}
