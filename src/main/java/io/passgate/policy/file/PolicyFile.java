package io.passgate.policy.file;

import io.passgate.policy.Policy;
import java.nio.file.Path;

/** One policy file, read into a {@link Policy}. */
final class PolicyFile {
    static final String SUFFIX = ".yaml";

    private PolicyFile() {}

    static Policy read(Path file, ValueSets valueSets) {
        PolicyKeys keys = PolicyYaml.read(file, PolicyKeys.class);
        if (!file.getFileName().toString().equals(keys.id() + SUFFIX)) {
            throw new InvalidPolicyFile(file, "id", keys.id() + " is not the name of the file");
        }
        try {
            return keys.policy(valueSets);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidPolicyFile(file, String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
