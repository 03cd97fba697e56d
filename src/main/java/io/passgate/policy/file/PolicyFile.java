package io.passgate.policy.file;

import io.passgate.codec.Bounds;
import io.passgate.policy.Policy;
import io.passgate.policy.rule.AgeLimit;
import io.passgate.policy.rule.AgeLimit.CountedBy;
import io.passgate.policy.rule.AgeRule;
import io.passgate.policy.rule.DayWindow;
import io.passgate.policy.rule.ExemptionRule;
import io.passgate.policy.rule.RecoveryDay;
import io.passgate.policy.rule.RecoveryRule;
import io.passgate.policy.rule.RecoveryRule.IssuerDates;
import io.passgate.policy.rule.Rule;
import io.passgate.policy.rule.RulePolicy;
import io.passgate.policy.rule.Series;
import io.passgate.policy.rule.Series.Standing;
import io.passgate.policy.rule.TestRule;
import io.passgate.policy.rule.TestRule.End;
import io.passgate.policy.rule.TestRule.Validity;
import io.passgate.policy.rule.VaccinationAndRecoveryRule;
import io.passgate.policy.rule.VaccinationRule;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** One policy file, read into a {@link Policy}. What each key means stands in the shipped files. */
final class PolicyFile {
    static final String SUFFIX = ".yaml";

    private static final Map<String, CountedBy> AGE_BY =
            Map.of("birth_year", CountedBy.BIRTH_YEAR, "birthday", CountedBy.BIRTHDAY);
    private static final Map<String, RecoveryDay> RECOVERY_DAYS = Map.of(
            "released_on", RecoveryDay.RELEASED_ON,
            "valid_from", RecoveryDay.VALID_FROM,
            "first_positive_on", RecoveryDay.FIRST_POSITIVE_ON);
    private static final Map<String, IssuerDates> ISSUER_DATES =
            Map.of("respect", IssuerDates.RESPECT, "ignore", IssuerDates.IGNORE);
    private static final Map<String, End> ENDS = Map.of("exact", End.EXACT, "end_of_day", End.END_OF_DAY);

    private final StrictYaml yaml;
    private final ValueSets valueSets;
    private final CountedBy ageBy;
    private final Series series;

    private PolicyFile(StrictYaml yaml, ValueSets valueSets) {
        this.yaml = yaml;
        this.valueSets = valueSets;
        this.ageBy = yaml.choice("ageBy", AGE_BY);
        this.series = series(yaml, yaml.list("products", valueSets.products()));
    }

    static Policy read(Path file, ValueSets valueSets) {
        return new PolicyFile(StrictYaml.read(file), valueSets).policy(file);
    }

    private Policy policy(Path file) {
        String id = yaml.text("id");
        if (!file.getFileName().toString().equals(id + SUFFIX)) {
            throw yaml.wrong("id", id + " is not the name of the file");
        }
        int at = id.indexOf('@');
        if (at < 0) {
            throw yaml.wrong("id", id + " is not name@date");
        }
        LocalDate validFrom = yaml.parsed("id", text -> LocalDate.parse(text.substring(at + 1)));
        ZoneId zone = yaml.parsed("zone", ZoneId::of);
        int maxEvents = maxEvents();
        Set<String> targets = Set.copyOf(yaml.list("targets", valueSets.targets()));
        List<Rule> rules = rules(yaml.mapping("rules"));
        yaml.done();
        return yaml.made(() -> new RulePolicy(id.substring(0, at), validFrom, zone, maxEvents, targets, rules));
    }

    /** More than a decoder reads of one kind would be a promise that no credential can use. */
    private int maxEvents() {
        int maxEvents = yaml.integer("maxEvents");
        if (maxEvents > Bounds.MAX_EVENTS) {
            throw yaml.wrong("maxEvents", maxEvents + " is more than the " + Bounds.MAX_EVENTS + " that are decoded");
        }
        return maxEvents;
    }

    private static Series series(StrictYaml yaml, List<ValueSets.Product> products) {
        return switch (yaml.text("series")) {
            case "product" -> {
                Map<String, Integer> primaryDoses = new HashMap<>();
                products.forEach(product -> primaryDoses.put(product.code(), product.primaryDoses()));
                yield new Series.ByProduct(primaryDoses);
            }
            case "issuer" -> {
                Set<String> codes = new HashSet<>();
                products.forEach(product -> codes.add(product.code()));
                int longestPrimary = yaml.integer("longestPrimary");
                yield yaml.made(() -> new Series.ByIssuer(codes, longestPrimary));
            }
            default -> throw yaml.wrong("series", "is none of [product, issuer]");
        };
    }

    private List<Rule> rules(StrictYaml rules) {
        List<Rule> read = new ArrayList<>();
        for (String code : rules.keys()) {
            StrictYaml rule = rules.mapping(code);
            read.add(
                    switch (code) {
                        case VaccinationRule.COMPLETE_CODE -> complete(rule);
                        case VaccinationRule.BOOSTER_CODE -> booster(rule);
                        case VaccinationAndRecoveryRule.CODE -> vaccinationAndRecovery(rule);
                        case RecoveryRule.CODE -> recovery(rule);
                        case TestRule.CODE -> test(rule);
                        case AgeRule.CODE -> new AgeRule(age(rule, rule.integer("upToAge")));
                        case ExemptionRule.CODE -> new ExemptionRule();
                        default -> throw rules.wrong(code, "is unknown here");
                    });
            rule.done();
        }
        return read;
    }

    private Rule complete(StrictYaml rule) {
        OptionalInt noEndUpToAge = rule.integerOrNone("noEndUpToAge");
        Optional<AgeLimit> noEnd =
                noEndUpToAge.isEmpty() ? Optional.empty() : Optional.of(age(rule, noEndUpToAge.getAsInt()));
        return new VaccinationRule(VaccinationRule.COMPLETE_CODE, series, Standing.COMPLETE, window(rule), noEnd);
    }

    private Rule booster(StrictYaml rule) {
        return new VaccinationRule(
                VaccinationRule.BOOSTER_CODE, series, Standing.BOOSTED, window(rule), Optional.empty());
    }

    private Rule vaccinationAndRecovery(StrictYaml rule) {
        int leastDose = rule.integer("leastDose");
        StrictYaml before = rule.mapping("infectedBefore");
        StrictYaml after = rule.mapping("infectedAfter");
        DayWindow infectedBefore = window(before);
        DayWindow infectedAfter = window(after);
        before.done();
        after.done();
        List<RecoveryDay> releaseFrom = rule.list("releaseFrom", RECOVERY_DAYS);
        return rule.made(
                () -> new VaccinationAndRecoveryRule(series, leastDose, infectedBefore, infectedAfter, releaseFrom));
    }

    private static Rule recovery(StrictYaml rule) {
        return new RecoveryRule(
                rule.list("countFrom", RECOVERY_DAYS), window(rule), rule.choice("issuerDates", ISSUER_DATES));
    }

    private Rule test(StrictYaml rule) {
        Set<String> results = Set.copyOf(rule.list("results", valueSets.testResults()));
        StrictYaml types = rule.mapping("types");
        Map<String, Validity> validities = new HashMap<>();
        for (String name : types.keys()) {
            String code = valueSets.testTypes().get(name);
            if (code == null) {
                throw types.wrong(name, "is none of " + valueSets.testTypes().keySet());
            }
            StrictYaml type = types.mapping(name);
            int hours = type.integer("hours");
            End until = type.choice("until", ENDS);
            type.done();
            validities.put(code, type.made(() -> new Validity(hours, until)));
        }
        return rule.made(() -> new TestRule(results, validities));
    }

    private AgeLimit age(StrictYaml rule, int upTo) {
        return rule.made(() -> new AgeLimit(upTo, ageBy));
    }

    private static DayWindow window(StrictYaml rule) {
        int fromDay = rule.integer("fromDay");
        OptionalInt untilDay = rule.integerOrNone("untilDay");
        return rule.made(() -> new DayWindow(fromDay, untilDay));
    }
}
