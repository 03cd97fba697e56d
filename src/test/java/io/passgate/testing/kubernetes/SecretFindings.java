package io.passgate.testing.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** References to Secrets that the chapter does not have its reader make, and secrets that are no references. */
final class SecretFindings {
    private static final Pattern SOUNDS_SECRET =
            Pattern.compile("(?i).*(password|passwd|secret|token|pepper|credential|private_?key).*");

    private final Manifests manifests;
    private final ManifestFindings.Ground ground;
    private final List<String> findings;
    private final Set<String> unused;

    SecretFindings(Manifests manifests, ManifestFindings.Ground ground, List<String> findings) {
        this.manifests = manifests;
        this.ground = ground;
        this.findings = findings;
        this.unused = new TreeSet<>(ground.brought().secrets().keySet());
    }

    void add() {
        for (Workload workload : manifests.workloads()) {
            for (Container container : workload.containers()) {
                new PodVolumes(manifests, workload, container)
                        .secretFiles()
                        .forEach(file -> secret(workload, file.secret(), file.key(), file.isOptional()));
                environment(workload, container);
            }
        }
        unused.forEach(secret -> findings.add("no pod reads the Secret " + secret + " of the chapter"));
    }

    private void environment(Workload workload, Container container) {
        container.getEnvFrom().forEach(source -> {
            if (source.getSecretRef() != null) {
                findings.add(workload.title() + ": takes all of the Secret "
                        + source.getSecretRef().getName() + " into its environment");
            }
        });
        container.getEnv().forEach(variable -> {
            SecretKeySelector reference = variable.getValueFrom() == null
                    ? null
                    : variable.getValueFrom().getSecretKeyRef();
            if (reference != null) {
                secret(workload, reference.getName(), reference.getKey(), Boolean.TRUE.equals(reference.getOptional()));
            } else if (variable.getValue() != null
                    && SOUNDS_SECRET.matcher(variable.getName()).matches()) {
                findings.add(workload.title() + ": " + variable.getName() + " stands in the manifest");
            }
        });
    }

    private void secret(Workload workload, String name, String key, boolean isOptional) {
        Set<String> keys = ground.brought().secrets().get(name);
        if (keys == null) {
            findings.add(workload.title() + ": the chapter has no Secret " + name);
        } else if (key.isEmpty()) {
            findings.add(workload.title() + ": does not say which keys of the Secret " + name + " it takes");
        } else if (!keys.contains(key)) {
            findings.add(workload.title() + ": the Secret " + name + " of the chapter has no key " + key);
        }
        if (isOptional) {
            findings.add(workload.title() + ": would start without the Secret " + name);
        }
        var _ = unused.remove(name);
    }
}
