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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy that is a list of rules, any one of which suffices.
 *
 * <p>If several rules or events are met, the one with the latest end is found, and no end beats any end; of equal ones
 * the rule first in the list. If none is met, the nearest lack is found, in the order of {@link Reason}.
 *
 * <p>Judging allocates nothing, but where an event is about another disease than the policy's, and for an end that was
 * not given lately.
 */
public final class RulePolicy implements Policy {
    /** A birth and an event of the same hour may be dated in two zones. */
    private static final int DAYS_BETWEEN_ZONES = 1;

    private static final Age UNKNOWN_AGE = new Age.Unknown();

    private final String name;
    private final LocalDate validFrom;
    private final ZoneId zone;
    private final int maxEvents;
    private final Set<String> targets;
    private final List<Rule> rules;
    private final ZoneDays days;
    private final MetResults metResults;

    /**
     * Checks the name and the numbers, and copies targets and rules.
     *
     * @param name whose rules, such as {@code kr}
     * @param validFrom the day in {@code zone} from which this version is the one {@code name} stands for
     * @param zone in which calendar days are counted
     * @param maxEvents how many events one credential may carry, at least 1
     * @param targets the diseases an event may be about (DCC {@code tg})
     * @param rules any one of which suffices
     * @throws IllegalArgumentException if the name is none, or there is no event, target or rule to accept by
     */
    public RulePolicy(
            String name, LocalDate validFrom, ZoneId zone, int maxEvents, Set<String> targets, List<Rule> rules) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a policy's name is " + NAME + ", not " + name);
        }
        if (maxEvents < 1) {
            throw new IllegalArgumentException("maxEvents is at least 1, not " + maxEvents);
        }
        if (targets.isEmpty() || rules.isEmpty()) {
            throw new IllegalArgumentException("a policy without targets or rules accepts nothing");
        }
        this.name = name;
        this.validFrom = validFrom;
        this.zone = zone;
        this.maxEvents = maxEvents;
        this.targets = Set.copyOf(targets);
        this.rules = List.copyOf(rules);
        this.days = new ZoneDays(zone);
        this.metResults = new MetResults(this.rules);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public LocalDate validFrom() {
        return validFrom;
    }

    @Override
    public ZoneId zone() {
        return zone;
    }

    /** {@return how many events one credential may carry} */
    public int maxEvents() {
        return maxEvents;
    }

    /** {@return the diseases an event may be about} */
    public Set<String> targets() {
        return targets;
    }

    /** {@return the rules, any one of which suffices} */
    public List<Rule> rules() {
        return rules;
    }

    /** Two are equal if all that they were made of is. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RulePolicy that
                && name.equals(that.name)
                && validFrom.equals(that.validFrom)
                && zone.equals(that.zone)
                && maxEvents == that.maxEvents
                && targets.equals(that.targets)
                && rules.equals(that.rules);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, validFrom, zone, maxEvents, targets, rules);
    }

    /** Its id. */
    @Override
    public String toString() {
        return id();
    }

    @Override
    public PolicyResult judge(Claims claims, Instant at) {
        List<Event> shown = claims.events();
        if (shown.size() > maxEvents) {
            return RuleFinding.notMet(RuleFinding.lacks(Reason.TOO_MANY_EVENTS));
        }
        long now = at.getEpochSecond();
        long today = days.dayOf(now);
        List<Event> events = aboutTargets(shown);
        Age age = possibleAge(claims);
        long best = RuleFinding.lacks(withoutRule(shown, events));
        int met = 0;
        for (int i = 0; i < rules.size(); i++) {
            long found = rules.get(i).judge(events, age, now, today, days);
            if (found > best) {
                best = found;
                met = i;
            }
        }
        return RuleFinding.isMet(best) ? metResults.of(met, best) : RuleFinding.notMet(best);
    }

    /** What is lacking where no rule says anything. */
    private static Reason withoutRule(List<Event> shown, List<Event> events) {
        if (!events.isEmpty()) {
            return Reason.EVENT_KIND_NOT_ACCEPTED;
        }
        return shown.isEmpty() ? Reason.NO_RECORD_SHOWN : Reason.TARGET_NOT_ACCEPTED;
    }

    /** {@inheritDoc} By the rule for a completed series: without one it is empty. */
    @Override
    public Optional<Vaccinated> vaccinated(Claims claims, Instant at) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i) instanceof VaccinationRule complete
                    && complete.code().equals(VaccinationRule.COMPLETE_CODE)) {
                return complete.vaccinated(aboutTargets(claims.events()), days.dayOf(at.getEpochSecond()));
            }
        }
        return Optional.empty();
    }

    /**
     * What is said of the age, and nothing where a birth date cannot be: nobody is attested what was before their
     * birth.
     */
    private Age possibleAge(Claims claims) {
        if (claims.age() instanceof Age.Born born) {
            long birth = BirthDays.earliest(born);
            for (int i = 0; i < claims.events().size(); i++) {
                if (dayOf(claims.events().get(i)) < birth - DAYS_BETWEEN_ZONES) {
                    return UNKNOWN_AGE;
                }
            }
        }
        return claims.age();
    }

    /** The epoch day of an event; of an exemption, which names none, one that never comes. */
    private long dayOf(Event event) {
        return switch (event) {
            case Event.Vaccination dose -> dose.on().toEpochDay();
            case Event.Test test -> days.dayOf(test.at().getEpochSecond());
            case Event.Recovery recovery -> recovery.firstPositiveOn().toEpochDay();
            case Event.Exemption _ -> Long.MAX_VALUE;
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
