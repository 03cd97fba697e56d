package io.passgate.policy.rule;

import io.passgate.model.PolicyResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The results of a policy whose rules are met: those without an end, and those with an end that were given lately.
 * Credentials of one day have few different ends, so that hardly any result is made for a single one.
 *
 * <p>Any thread. A slot is written without a lock: a result never changes, and who does not see it makes an equal one.
 */
final class MetResults {
    private static final int SET_BITS = 9;

    /** Results of one set: as many of the same hash are known at once. */
    private static final int WAYS = 8;

    /** Spreads seconds that are a minute or a day apart evenly: 2^64 by the golden ratio. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private final PolicyResult.Met[] withoutEnd;
    private final @Nullable Ending[] recent = new Ending[WAYS << SET_BITS];

    /** A result with an end, and what it is found by. */
    private record Ending(int rule, long second, PolicyResult.Met result) {}

    MetResults(List<Rule> rules) {
        withoutEnd = rules.stream()
                .map(rule -> new PolicyResult.Met(rule.code(), Optional.empty()))
                .toArray(PolicyResult.Met[]::new);
    }

    /** The result of a rule, by its number, with the last second in which it is met. */
    PolicyResult of(int rule, long second) {
        if (second == RuleFinding.NO_END) {
            return withoutEnd[rule];
        }
        long hash = (second + rule) * SPREAD;
        int set = (int) (hash >>> (Long.SIZE - SET_BITS)) * WAYS;
        for (int slot = set; slot < set + WAYS; slot++) {
            Ending found = recent[slot];
            if (found == null) {
                return made(slot, rule, second);
            }
            if (found.second == second && found.rule == rule) {
                return found.result;
            }
        }
        return made(set + (int) (hash & (WAYS - 1)), rule, second);
    }

    private PolicyResult made(int slot, int rule, long second) {
        Optional<Instant> until = Optional.of(Instant.ofEpochSecond(second));
        PolicyResult.Met result = new PolicyResult.Met(withoutEnd[rule].rule(), until);
        recent[slot] = new Ending(rule, second, result);
        return result;
    }
}
