package io.passgate.policy.file;

import io.passgate.policy.PolicyCatalog;
import io.passgate.policy.rule.RulePolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The policies of this repository, read from where they are shipped from. */
public final class ShippedPolicies {
    public static final Path FOLDER = Path.of("config", "policies");

    private ShippedPolicies() {}

    static PolicyCatalog catalog() {
        return PolicyFiles.read(FOLDER);
    }

    static List<RulePolicy> all() {
        return catalog().policies().stream().map(RulePolicy.class::cast).toList();
    }

    static RulePolicy pinned(String id) {
        return (RulePolicy) catalog().find(id, Instant.EPOCH).orElseThrow();
    }
}
