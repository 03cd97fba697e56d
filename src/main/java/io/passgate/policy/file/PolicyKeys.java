package io.passgate.policy.file;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.passgate.codec.Bounds;
import io.passgate.policy.rule.AgeLimit.CountedBy;
import io.passgate.policy.rule.Rule;
import io.passgate.policy.rule.RulePolicy;
import io.passgate.policy.rule.Series;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a policy file. What each means stands in the shipped files.
 *
 * @param longestPrimary there if the issuer says how many doses a series has, and only then
 */
record PolicyKeys(
        PolicyId id,
        ZoneId zone,
        int maxEvents,
        Names targets,
        Names products,
        CountedIn series,
        @JsonSetter(nulls = Nulls.SET) @Nullable Integer longestPrimary,
        CountedBy ageBy,
        RuleList rules) {

    /** What says how many doses a primary series has. */
    enum CountedIn {
        PRODUCT,
        ISSUER
    }

    /** @throws IllegalArgumentException that names the first key that is wrong */
    PolicyKeys {
        // More than a decoder reads of one kind would be a promise that no credential can use.
        if (maxEvents > Bounds.MAX_EVENTS) {
            throw new IllegalArgumentException(
                    "maxEvents: " + maxEvents + " is more than the " + Bounds.MAX_EVENTS + " that are decoded");
        }
        if (series == CountedIn.ISSUER && longestPrimary == null) {
            throw new IllegalArgumentException("longestPrimary: is missing");
        }
        if (series == CountedIn.PRODUCT && longestPrimary != null) {
            throw new IllegalArgumentException("longestPrimary: is unknown here");
        }
    }

    /**
     * The policy that they make.
     *
     * @throws IllegalArgumentException that names the key whose value is out of range or stands for nothing
     */
    RulePolicy policy(ValueSets valueSets) {
        RuleKeys.Shared shared = new RuleKeys.Shared(valueSets, series(valueSets), ageBy);
        List<Rule> made = new ArrayList<>();
        for (RuleKeys rule : rules.inOrder()) {
            try {
                made.add(rule.rule(shared));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("rules." + rule.code() + ": " + wrong.getMessage(), wrong);
            }
        }
        Set<String> codes = Set.copyOf(targets.in(valueSets.targets(), "targets"));
        return new RulePolicy(id.name(), id.validFrom(), zone, maxEvents, codes, made);
    }

    private Series series(ValueSets valueSets) {
        List<ValueSets.Product> accepted = products.in(valueSets.products(), "products");
        if (longestPrimary == null) {
            Map<String, Integer> primaryDoses = new HashMap<>();
            accepted.forEach(product -> primaryDoses.put(product.code(), product.primaryDoses()));
            return new Series.ByProduct(primaryDoses);
        }
        Set<String> codes = new HashSet<>();
        accepted.forEach(product -> codes.add(product.code()));
        return new Series.ByIssuer(codes, longestPrimary);
    }
}
