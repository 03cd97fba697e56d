package io.passgate.policy.file;

import io.passgate.policy.Policy;
import io.passgate.policy.PolicyCatalog;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a folder of policy files: one policy per {@code NAME@DATE.yaml}, and the value sets they name codes by. */
public final class PolicyFiles {
    private static final String VALUE_SETS = "valuesets.yaml";

    private PolicyFiles() {}

    /**
     * Reads every policy in a folder. Files that do not end in {@code .yaml} are not looked at.
     *
     * @param folder with the policies and {@code valuesets.yaml}
     * @return the policies of all files
     * @throws InvalidPolicyFile if a file cannot be used, or there is no policy
     */
    public static PolicyCatalog read(Path folder) {
        List<Path> files = policyFiles(folder);
        if (files.isEmpty()) {
            throw new InvalidPolicyFile(folder, "", "has no policy file");
        }
        ValueSets valueSets = ValueSets.read(folder.resolve(VALUE_SETS));
        List<Policy> policies = new ArrayList<>();
        for (Path file : files) {
            policies.add(PolicyFile.read(file, valueSets));
        }
        return new PolicyCatalog(policies);
    }

    private static List<Path> policyFiles(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + PolicyFile.SUFFIX)) {
            for (Path file : found) {
                if (!file.getFileName().toString().equals(VALUE_SETS)) {
                    files.add(file);
                }
            }
        } catch (IOException e) {
            throw new InvalidPolicyFile(folder, "cannot be listed: " + e, e);
        }
        return files;
    }
}
