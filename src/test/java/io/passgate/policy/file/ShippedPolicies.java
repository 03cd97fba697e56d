package io.passgate.policy.file;

import io.passgate.policy.Policy;
import io.passgate.policy.PolicyCatalog;
import java.nio.file.Path;
import java.time.Instant;

/** The policies of this repository, read from where they are shipped from. */
public final class ShippedPolicies {
    public static final Path FOLDER = Path.of("config", "policies");

    private ShippedPolicies() {}

    static PolicyCatalog catalog() {
        return PolicyFiles.read(FOLDER);
    }

    static Policy pinned(String id) {
        return catalog().find(id, Instant.EPOCH).orElseThrow();
    }
}
