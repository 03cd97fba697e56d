package io.passgate.policy.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.passgate.model.Age;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.PolicyResult;
import io.passgate.policy.Policy;
import io.passgate.policy.Samples;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Judging by a shipped policy leaves no garbage, whatever it finds. */
final class PolicyAllocationTest {
    private static final int ITEMS = 10_000;

    /** Rounds until the code is compiled and the results of this day are known. */
    private static final int WARM_UPS = 20;

    /** Other code of the JVM may run on this thread once; what judging allocates it allocates in every round. */
    private static final int ROUNDS = 5;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(strings = {"kr@2021-07-12", "kr@2022-01-03", "eu@2022-02-01", "eu@2022-04-06"})
    void judging_allocatesNothing(String id) {
        Policy policy = ShippedPolicies.pinned(id);
        List<Claims> all = claims();
        Instant at = Instant.parse("2022-04-10T09:00:00Z");
        long least = Long.MAX_VALUE;
        int met = 0;
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            met = judge(policy, all, at);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            least = round < 0 ? least : Math.min(least, allocated);
        }
        assertThat(met).isBetween(ITEMS / 10, ITEMS * 9 / 10);
        assertThat(least).as("bytes for %d items", ITEMS).isLessThan(ITEMS / 10);
    }

    private static int judge(Policy policy, List<Claims> all, Instant at) {
        int met = 0;
        for (int i = 0; i < ITEMS; i++) {
            met += policy.judge(all.get(i % all.size()), at) instanceof PolicyResult.Met ? 1 : 0;
        }
        return met;
    }

    private static List<Claims> claims() {
        List<Claims> all = new ArrayList<>();
        LocalDate today = LocalDate.parse("2022-04-10");
        Age minor = new Age.Born(2010, Optional.of(2), Optional.of(28));
        Age adult = new Age.Born(1980, Optional.of(2), Optional.of(29));
        for (int i = 0; i < 300; i++) {
            LocalDate on = today.minusDays(i);
            all.add(new Claims(List.of(dose(1 + i % 3, on)), i % 2 == 0 ? minor : adult));
            all.add(new Claims(List.of(recovery(on)), adult));
            Instant sampled = Instant.parse("2022-04-10T09:00:00Z").minus(i * 17L, ChronoUnit.MINUTES);
            String type = i % 2 == 0 ? Samples.NAAT : Samples.RAT;
            all.add(new Claims(List.of(new Event.Test(Samples.COVID_19, type, sampled, Samples.NOT_DETECTED)), adult));
        }
        all.add(new Claims(List.of(), new Age.Band(Age.AgeBand.ADULT)));
        all.add(new Claims(List.of(dose(2, today.minusDays(200)), recovery(today.minusDays(30))), adult));
        all.add(new Claims(List.of(new Event.Exemption(Samples.COVID_19, Optional.of(today))), adult));
        return all;
    }

    private static Event dose(int number, LocalDate on) {
        return new Event.Vaccination(Samples.COVID_19, Samples.COMIRNATY, number, 2, on);
    }

    private static Event recovery(LocalDate on) {
        return new Event.Recovery(
                Samples.COVID_19, on, Optional.of(on.plusDays(11)), Optional.of(on.plusDays(180)), Optional.empty());
    }
}
