package io.passgate.policy.rule;

import io.passgate.model.Age;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Vaccinated;
import io.passgate.policy.Policy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A policy that is a list of rules, any one of which suffices.
 *
 * <p>If several rules or events are met, the one with the latest end is found, and no end beats any end; of equal ones
 * the rule first in the list. If none is met, the nearest lack is found, in the order of {@link Reason}.
 *
 * @param name whose rules, such as {@code kr}
 * @param validFrom the day in {@code zone} from which this version is the one {@code name} stands for
 * @param zone in which calendar days are counted
 * @param maxEvents how many events one credential may carry, at least 1
 * @param targets the diseases an event may be about (DCC {@code tg})
 * @param rules any one of which suffices
 */
public record RulePolicy(
        String name, LocalDate validFrom, ZoneId zone, int maxEvents, Set<String> targets, List<Rule> rules)
        implements Policy {
    /** A birth and an event of the same hour may be dated in two zones. */
    private static final int DAYS_BETWEEN_ZONES = 1;

    private static final PolicyResult TOO_MANY_EVENTS = new PolicyResult.NotMet(Reason.TOO_MANY_EVENTS);

    /**
     * Checks the name and the numbers, and copies targets and rules.
     *
     * @throws IllegalArgumentException if the name is none, or there is no event, target or rule to accept by
     */
    public RulePolicy {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a policy's name is " + NAME + ", not " + name);
        }
        if (maxEvents < 1) {
            throw new IllegalArgumentException("maxEvents is at least 1, not " + maxEvents);
        }
        if (targets.isEmpty() || rules.isEmpty()) {
            throw new IllegalArgumentException("a policy without targets or rules accepts nothing");
        }
        targets = Set.copyOf(targets);
        rules = List.copyOf(rules);
    }

    @Override
    public PolicyResult judge(Claims claims, Instant at) {
        List<Event> shown = claims.events();
        if (shown.size() > maxEvents) {
            return TOO_MANY_EVENTS;
        }
        Tally tally = new Tally();
        List<Event> events = aboutTargets(shown);
        if (!events.isEmpty()) {
            tally.lacks(Reason.EVENT_KIND_NOT_ACCEPTED);
        } else if (!shown.isEmpty()) {
            tally.lacks(Reason.TARGET_NOT_ACCEPTED);
        }
        Moment now = Moment.of(at, zone);
        Presented presented = new Presented(events, possibleAge(claims, now), now);
        for (int i = 0; i < rules.size(); i++) {
            rules.get(i).judge(presented, tally);
        }
        return tally.finding();
    }

    /** {@inheritDoc} By the rule for a completed series: without one it is empty. */
    @Override
    public Optional<Vaccinated> vaccinated(Claims claims, Instant at) {
        List<Event> events = aboutTargets(claims.events());
        Moment now = Moment.of(at, zone);
        for (Rule rule : rules) {
            if (rule instanceof VaccinationRule complete && complete.code().equals(VaccinationRule.COMPLETE_CODE)) {
                return complete.vaccinated(events, now);
            }
        }
        return Optional.empty();
    }

    /**
     * What is said of the age, and nothing where a birth date cannot be: nobody is attested what was before their
     * birth.
     */
    private static Age possibleAge(Claims claims, Moment now) {
        if (claims.age() instanceof Age.Born born) {
            long birth = born.earliest().toEpochDay();
            for (int i = 0; i < claims.events().size(); i++) {
                if (dayOf(claims.events().get(i), now) < birth - DAYS_BETWEEN_ZONES) {
                    return new Age.Unknown();
                }
            }
        }
        return claims.age();
    }

    /** The epoch day of an event; of an exemption, which names none, one that never comes. */
    private static long dayOf(Event event, Moment now) {
        return switch (event) {
            case Event.Vaccination dose -> dose.on().toEpochDay();
            case Event.Test test -> now.dayOf(test.at().getEpochSecond());
            case Event.Recovery recovery -> recovery.firstPositiveOn().toEpochDay();
            case Event.Exemption exemption -> Long.MAX_VALUE;
        };
    }

    /** The events about an accepted target: nearly always all of them, and then without a copy. */
    private List<Event> aboutTargets(List<Event> events) {
        for (int i = 0; i < events.size(); i++) {
            if (!targets.contains(events.get(i).target())) {
                List<Event> kept = new ArrayList<>(events);
                kept.removeIf(event -> !targets.contains(event.target()));
                return kept;
            }
        }
        return events;
    }
}
