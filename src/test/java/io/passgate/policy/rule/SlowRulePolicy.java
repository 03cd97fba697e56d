package io.passgate.policy.rule;

import io.passgate.model.Age;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Vaccinated;
import io.passgate.policy.rule.AgeLimit.CountedBy;
import io.passgate.policy.rule.RecoveryRule.IssuerDates;
import io.passgate.policy.rule.Series.Standing;
import io.passgate.policy.rule.TestRule.End;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the rules of a policy mean, said with the calendar's own objects and without a thought of speed: the reference
 * of {@link RulePolicy}.
 */
public final class SlowRulePolicy {
    private static final LocalDate FARTHEST = LocalDate.of(9999, 12, 31);

    private final RulePolicy policy;
    private final ZoneId zone;
    private final Instant at;
    private final LocalDate today;
    private final List<Event> shown;
    private final List<Event> events;
    private final Age age;

    private String met = "";
    private Instant until = Instant.MIN;
    private Reason nearest = Reason.NO_RECORD_SHOWN;

    private SlowRulePolicy(RulePolicy policy, Claims claims, Instant at) {
        this.policy = policy;
        this.zone = policy.zone();
        this.at = at;
        this.today = LocalDate.ofInstant(at, zone);
        this.shown = claims.events();
        this.events = shown.stream()
                .filter(event -> policy.targets().contains(event.target()))
                .toList();
        this.age = possible(claims.age());
    }

    public static PolicyResult judge(RulePolicy policy, Claims claims, Instant at) {
        return new SlowRulePolicy(policy, claims, at).result();
    }

    public static Optional<Vaccinated> vaccinated(RulePolicy policy, Claims claims, Instant at) {
        return new SlowRulePolicy(policy, claims, at).vaccinated();
    }

    private PolicyResult result() {
        if (shown.size() > policy.maxEvents()) {
            return new PolicyResult.NotMet(Reason.TOO_MANY_EVENTS);
        }
        if (!shown.isEmpty()) {
            lacks(events.isEmpty() ? Reason.TARGET_NOT_ACCEPTED : Reason.EVENT_KIND_NOT_ACCEPTED);
        }
        policy.rules().forEach(this::judge);
        if (until.equals(Instant.MIN)) {
            return new PolicyResult.NotMet(nearest);
        }
        return new PolicyResult.Met(met, until.equals(Instant.MAX) ? Optional.empty() : Optional.of(until));
    }

    private void judge(Rule rule) {
        switch (rule) {
            case AgeRule young -> met(rule, endOfAge(young.limit()));
            case ExemptionRule _ -> all(Event.Exemption.class).forEach(event -> met(rule, exempted(event)));
            case TestRule tested -> all(Event.Test.class).forEach(event -> met(rule, tested(tested, event)));
            case RecoveryRule recovered ->
                all(Event.Recovery.class).forEach(event -> met(rule, recovered(recovered, event)));
            case VaccinationRule dosed -> all(Event.Vaccination.class).forEach(event -> met(rule, dosed(dosed, event)));
            case VaccinationAndRecoveryRule both ->
                all(Event.Vaccination.class)
                        .filter(dose -> counts(both, dose))
                        .forEach(dose -> all(Event.Recovery.class)
                                .filter(recovery -> !recovery.firstPositiveOn().isAfter(today))
                                .forEach(recovery -> met(rule, both(both, dose, recovery))));
        }
    }

    private <E extends Event> Stream<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }

    private void met(Rule rule, Instant end) {
        if (end.isAfter(until)) {
            met = rule.code();
            until = end;
        }
    }

    private Instant lacks(Reason reason) {
        nearest = reason.compareTo(nearest) < 0 ? reason : nearest;
        return Instant.MIN;
    }

    private Instant endOf(LocalDate day) {
        LocalDate last = day.isAfter(FARTHEST) ? FARTHEST : day;
        return last.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1);
    }

    private Age possible(Age said) {
        if (!(said instanceof Age.Born born)) {
            return said;
        }
        LocalDate least = born.earliest().minusDays(1);
        boolean impossible = shown.stream().anyMatch(event -> switch (event) {
            case Event.Vaccination dose -> dose.on().isBefore(least);
            case Event.Test test -> LocalDate.ofInstant(test.at(), zone).isBefore(least);
            case Event.Recovery recovery -> recovery.firstPositiveOn().isBefore(least);
            case Event.Exemption _ -> false;
        });
        return impossible ? new Age.Unknown() : said;
    }

    private Instant endOfAge(AgeLimit limit) {
        return switch (age) {
            case Age.Unknown() -> Instant.MIN;
            case Age.Band(var band) -> {
                int oldest = switch (band) {
                    case UP_TO_17 -> 17;
                    case EIGHTEEN -> 18;
                    case ADULT -> Integer.MAX_VALUE;
                };
                yield limit.upTo() >= oldest ? Instant.MAX : Instant.MIN;
            }
            case Age.Born born -> {
                LocalDate tooOld = limit.countedBy() == CountedBy.BIRTH_YEAR
                        ? LocalDate.of(born.year() + limit.upTo() + 1, 1, 1)
                        : born.earliest().plusYears(limit.upTo() + 1L);
                boolean holds = !born.earliest().isAfter(today) && today.isBefore(tooOld);
                yield holds ? endOf(tooOld.minusDays(1)) : Instant.MIN;
            }
        };
    }

    private Instant exempted(Event.Exemption exemption) {
        if (exemption.until().isEmpty()) {
            return Instant.MAX;
        }
        LocalDate last = exemption.until().get();
        return today.isAfter(last) ? lacks(Reason.EXEMPTION_OVER) : endOf(last);
    }

    private Instant tested(TestRule rule, Event.Test test) {
        if (!rule.validities().containsKey(test.type())) {
            return lacks(Reason.TEST_TYPE_NOT_ACCEPTED);
        }
        if (!rule.results().contains(test.result())) {
            return lacks(Reason.TEST_RESULT_NOT_ACCEPTED);
        }
        if (test.at().getEpochSecond() > at.getEpochSecond()) {
            return lacks(Reason.EVENT_IN_FUTURE);
        }
        TestRule.Validity validity = rule.validities().get(test.type());
        Instant over = Instant.ofEpochSecond(test.at().getEpochSecond()).plusSeconds(validity.hours() * 3_600L);
        if (validity.end() == End.EXACT) {
            return at.getEpochSecond() > over.getEpochSecond() ? lacks(Reason.TEST_TOO_OLD) : over;
        }
        LocalDate last = LocalDate.ofInstant(over, zone);
        return today.isAfter(last) ? lacks(Reason.TEST_TOO_OLD) : endOf(last);
    }

    private Instant counted(DayWindow window, LocalDate from, Reason early, Reason late) {
        long day = today.toEpochDay() - from.toEpochDay();
        if (day < window.from()) {
            return lacks(early);
        }
        if (window.until().isEmpty()) {
            return Instant.MAX;
        }
        return day > window.until().getAsInt()
                ? lacks(late)
                : endOf(from.plusDays(window.until().getAsInt()));
    }

    private static Optional<LocalDate> first(List<RecoveryDay> wanted, Event.Recovery recovery) {
        return wanted.stream()
                .flatMap(day -> switch (day) {
                    case RELEASED_ON -> recovery.releasedOn().stream();
                    case VALID_FROM -> recovery.validFrom().stream();
                    case FIRST_POSITIVE_ON -> Stream.of(recovery.firstPositiveOn());
                })
                .findFirst();
    }

    private Instant recovered(RecoveryRule rule, Event.Recovery recovery) {
        if (recovery.firstPositiveOn().isAfter(today)) {
            return lacks(Reason.EVENT_IN_FUTURE);
        }
        Optional<LocalDate> day = first(rule.countFrom(), recovery);
        if (day.isEmpty()) {
            return lacks(Reason.RECOVERY_DAY_NOT_SHOWN);
        }
        Instant byDays = counted(rule.window(), day.get(), Reason.RECOVERY_WAIT_NOT_OVER, Reason.RECOVERY_OVER);
        if (rule.issuerDates() == IssuerDates.IGNORE) {
            return byDays;
        }
        Instant byIssuer = byIssuer(recovery);
        return byDays.isBefore(byIssuer) ? byDays : byIssuer;
    }

    private Instant byIssuer(Event.Recovery recovery) {
        if (recovery.validFrom().isPresent() && recovery.validFrom().get().isAfter(today)) {
            return lacks(Reason.RECOVERY_WAIT_NOT_OVER);
        }
        if (recovery.validUntil().isEmpty()) {
            return Instant.MAX;
        }
        LocalDate last = recovery.validUntil().get();
        return today.isAfter(last) ? lacks(Reason.RECOVERY_OVER) : endOf(last);
    }

    private Instant dosed(VaccinationRule rule, Event.Vaccination dose) {
        if (!rule.series().accepts(dose.product())) {
            return lacks(Reason.PRODUCT_NOT_ACCEPTED);
        }
        if (rule.series().standing(dose, events).compareTo(rule.least()) < 0) {
            return lacks(Reason.VACCINATION_INCOMPLETE);
        }
        if (dose.on().isAfter(today)) {
            return lacks(Reason.EVENT_IN_FUTURE);
        }
        Instant byDays = counted(rule.window(), dose.on(), Reason.VACCINATION_WAIT_NOT_OVER, Reason.VACCINATION_OVER);
        long day = today.toEpochDay() - dose.on().toEpochDay();
        if (rule.noEndUpTo().isEmpty() || day < rule.window().from()) {
            return byDays;
        }
        Instant byAge = endOfAge(rule.noEndUpTo().get());
        return byAge.isAfter(byDays) ? byAge : byDays;
    }

    private boolean counts(VaccinationAndRecoveryRule rule, Event.Vaccination dose) {
        return dose.dose() >= rule.leastDose()
                && rule.series().accepts(dose.product())
                && rule.series().standing(dose, events) != Standing.INCOMPLETE
                && !dose.on().isAfter(today);
    }

    private Instant both(VaccinationAndRecoveryRule rule, Event.Vaccination dose, Event.Recovery recovery) {
        if (!recovery.firstPositiveOn().isAfter(dose.on())) {
            return counted(rule.infectedBefore(), dose.on(), Reason.VACCINATION_WAIT_NOT_OVER, Reason.VACCINATION_OVER);
        }
        Optional<LocalDate> released = first(rule.releaseFrom(), recovery);
        return released.isEmpty()
                ? lacks(Reason.RECOVERY_DAY_NOT_SHOWN)
                : counted(rule.infectedAfter(), released.get(), Reason.RECOVERY_WAIT_NOT_OVER, Reason.RECOVERY_OVER);
    }

    private Optional<Vaccinated> vaccinated() {
        List<Event.Vaccination> doses = all(Event.Vaccination.class).toList();
        Optional<VaccinationRule> complete = policy.rules().stream()
                .filter(rule -> rule.code().equals(VaccinationRule.COMPLETE_CODE))
                .map(VaccinationRule.class::cast)
                .findFirst();
        if (complete.isEmpty() || doses.isEmpty()) {
            return Optional.empty();
        }
        List<Event.Vaccination> good = new ArrayList<>(doses);
        good.removeIf(
                dose -> dose.on().isAfter(today) || !complete.get().series().accepts(dose.product()));
        boolean isComplete = good.stream().anyMatch(dose -> standing(complete.get(), dose) != Standing.INCOMPLETE);
        boolean waitOver = good.stream().anyMatch(dose -> switch (standing(complete.get(), dose)) {
            case INCOMPLETE -> false;
            case BOOSTED -> true;
            case COMPLETE ->
                today.toEpochDay() - dose.on().toEpochDay()
                        >= complete.get().window().from();
        });
        return Optional.of(new Vaccinated(isComplete, waitOver, doses));
    }

    private Standing standing(VaccinationRule rule, Event.Vaccination dose) {
        return rule.series().standing(dose, events);
    }
}
