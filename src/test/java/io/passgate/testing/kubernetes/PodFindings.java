package io.passgate.testing.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a pod lacks or has too much of: volumes, files that its configuration names, rights, time to stop. */
final class PodFindings {
    /** What the gateway takes after {@code shutdownPatience} until it ends itself. */
    private static final Duration LAST = Duration.ofSeconds(3);

    private static final Pattern PINNED = Pattern.compile(".+(:(?!latest$)[\\w.-]+|@sha256:[0-9a-f]{64})");
    private static final Set<String> WRITTEN = Set.of("snapshotFile", "entryLog.spoolFile", "audit.headFile");

    /** Holds what is nowhere else. */
    private static final String KEPT = "entryLog.spoolFile";

    private static final String IN_THE_IMAGE = "/opt/passgate/";

    private final Manifests manifests;
    private final GatewayConfigurations configurations;
    private final List<String> findings;

    PodFindings(Manifests manifests, GatewayConfigurations configurations, List<String> findings) {
        this.manifests = manifests;
        this.configurations = configurations;
        this.findings = findings;
    }

    void add() {
        Set<String> unusedMaps = new TreeSet<>();
        manifests.all(ConfigMap.class).forEach(map -> unusedMaps.add(Manifests.title(map)));
        for (Workload workload : manifests.workloads()) {
            volumes(workload, unusedMaps);
            pod(workload);
            for (Container container : workload.containers()) {
                mounts(workload, container);
                container(workload, container);
                configurations.of(workload).ifPresent(configured -> files(workload, container, configured));
            }
            configurations.of(workload).ifPresent(configured -> stop(workload, configured));
        }
        unusedMaps.forEach(map -> findings.add(map + ": no pod reads it"));
    }

    private void volumes(Workload workload, Set<String> unusedMaps) {
        for (Volume volume : workload.pod().getVolumes()) {
            if (volume.getConfigMap() != null) {
                String name = volume.getConfigMap().getName();
                if (ManifestFindings.configMap(manifests, name).isEmpty()) {
                    findings.add(workload.title() + ": there is no ConfigMap " + name);
                }
                var _ = unusedMaps.remove("ConfigMap " + name);
            }
        }
    }

    private void mounts(Workload workload, Container container) {
        Set<String> there = new TreeSet<>(workload.claims());
        workload.pod().getVolumes().forEach(volume -> there.add(volume.getName()));
        Set<String> unmounted = new TreeSet<>(there);
        Set<String> paths = new HashSet<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            if (!there.contains(mount.getName())) {
                findings.add(workload.title() + ": has no volume " + mount.getName());
            }
            var _ = unmounted.remove(mount.getName());
            if (!paths.add(mount.getMountPath())) {
                findings.add(workload.title() + ": mounts two volumes at " + mount.getMountPath());
            }
            if (mount.getSubPath() != null) {
                findings.add(workload.title() + ": what is mounted at " + mount.getMountPath()
                        + " by a subPath never changes");
            }
        }
        unmounted.forEach(volume -> findings.add(workload.title() + ": nothing mounts the volume " + volume));
    }

    private void files(Workload workload, Container container, GatewayConfigurations.One configured) {
        PodVolumes volumes = new PodVolumes(manifests, workload, container);
        Set<String> unread = new TreeSet<>();
        volumes.secretFiles().forEach(file -> unread.add(file.path()));
        Set<String> given = new TreeSet<>(unread);
        configured.paths().forEach((key, path) -> {
            var _ = unread.remove(path);
            if (WRITTEN.contains(key)) {
                if (!volumes.isWritable(path)) {
                    findings.add(workload.title() + ": " + key + ": nothing that can be written is at " + path);
                } else if (key.equals(KEPT) && !volumes.isKept(path)) {
                    findings.add(workload.title() + ": " + key + ": what is at " + path + " goes with its pod");
                }
            } else if (!given.contains(path) && !path.startsWith(IN_THE_IMAGE)) {
                findings.add(workload.title() + ": " + key + ": no Secret gives " + path);
            }
        });
        unread.forEach(path -> findings.add(workload.title() + ": its configuration does not name " + path));
        if (!volumes.isWritable("/tmp")) {
            findings.add(workload.title() + ": cannot write to /tmp");
        }
    }

    private void stop(Workload workload, GatewayConfigurations.One configured) {
        Long grace = workload.pod().getTerminationGracePeriodSeconds();
        Duration given = Duration.ofSeconds(grace == null ? 30 : grace);
        Duration stopping = configured.config().shutdownPatience().plus(LAST);
        if (given.compareTo(stopping) <= 0) {
            findings.add(workload.title() + ": is given " + given + " to stop, and takes " + stopping);
        }
    }

    private void pod(Workload workload) {
        if (!Boolean.FALSE.equals(workload.pod().getAutomountServiceAccountToken())) {
            findings.add(workload.title() + ": gets a token of the cluster");
        }
        String account = workload.pod().getServiceAccountName();
        if (manifests.all(ServiceAccount.class).stream()
                .noneMatch(one -> one.getMetadata().getName().equals(account))) {
            findings.add(workload.title() + ": there is no ServiceAccount " + account);
        }
        PodSecurityContext security = workload.pod().getSecurityContext();
        if (security == null
                || !Boolean.TRUE.equals(security.getRunAsNonRoot())
                || security.getRunAsUser() == null
                || security.getFsGroup() == null) {
            findings.add(workload.title() + ": does not say as which user it runs");
        }
        if (security == null
                || security.getSeccompProfile() == null
                || !"RuntimeDefault".equals(security.getSeccompProfile().getType())) {
            findings.add(workload.title() + ": has no seccomp profile");
        }
    }

    private void container(Workload workload, Container container) {
        if (!PINNED.matcher(container.getImage()).matches()) {
            findings.add(workload.title() + ": the image " + container.getImage() + " is of no version");
        }
        SecurityContext security = container.getSecurityContext();
        if (security == null
                || !Boolean.TRUE.equals(security.getReadOnlyRootFilesystem())
                || !Boolean.FALSE.equals(security.getAllowPrivilegeEscalation())
                || security.getCapabilities() == null
                || !security.getCapabilities().getDrop().contains("ALL")
                || !security.getCapabilities().getAdd().isEmpty()
                || Boolean.TRUE.equals(security.getPrivileged())) {
            findings.add(workload.title() + ": has rights that a gateway does not need");
        }
        for (String resource : List.of("cpu", "memory")) {
            if (container.getResources() == null
                    || !container.getResources().getRequests().containsKey(resource)
                    || !container.getResources().getLimits().containsKey(resource)) {
                findings.add(workload.title() + ": nothing bounds its " + resource);
            }
        }
    }
}
