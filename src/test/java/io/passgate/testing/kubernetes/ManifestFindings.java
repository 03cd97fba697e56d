package io.passgate.testing.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a cluster, or a gateway in one, would stumble over in {@link Manifests}: each reference leads somewhere. */
final class ManifestFindings {
    private ManifestFindings() {}

    /**
     * What gateways and the reader of the chapter have, which the manifests lean on.
     *
     * @param brought what the reader brings
     * @param adapter what makes metrics of pods
     * @param measured names of the series that a gateway tells
     * @param routes paths of the management port that answer by GET
     */
    record Ground(ClusterPrerequisites brought, AdapterRules adapter, Set<String> measured, Set<String> routes) {}

    /** All that is wrong, each with the object that it is of; empty if nothing is. */
    static List<String> of(Manifests manifests, Ground ground) {
        List<String> findings = new ArrayList<>(manifests.faults());
        names(manifests, findings);
        GatewayConfigurations configurations = GatewayConfigurations.of(manifests, findings);
        new SelectorFindings(manifests, ground, findings).add();
        new PortFindings(manifests, ground, configurations, findings).add();
        new SecretFindings(manifests, ground, findings).add();
        new PodFindings(manifests, configurations, findings).add();
        new ScalingFindings(manifests, ground, findings).add();
        return findings;
    }

    private static void names(Manifests manifests, List<String> findings) {
        Optional<String> namespace = manifests.all(Namespace.class).stream()
                .map(one -> one.getMetadata().getName())
                .findFirst();
        if (namespace.isEmpty()) {
            findings.add("there is no Namespace");
        }
        Set<String> seen = new HashSet<>();
        for (HasMetadata object : manifests.objects()) {
            String title = Manifests.title(object);
            if (!seen.add(title)) {
                findings.add(title + ": is there twice");
            }
            boolean isWithin =
                    namespace.equals(Optional.ofNullable(object.getMetadata().getNamespace()));
            if (!(object instanceof Namespace) && !isWithin) {
                findings.add(title + ": is not in the namespace " + namespace.orElse("of all"));
            }
            if (object instanceof Secret) {
                findings.add(title + ": a secret is never in a manifest");
            }
        }
    }

    /** The map of that name. */
    static Optional<ConfigMap> configMap(Manifests manifests, String name) {
        return manifests.all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals(name))
                .findFirst();
    }
}
