package io.passgate.testing.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a container finds at its paths. */
final class PodVolumes {
    private final Manifests manifests;
    private final Workload workload;
    private final Container container;

    PodVolumes(Manifests manifests, Workload workload, Container container) {
        this.manifests = manifests;
        this.workload = workload;
        this.container = container;
    }

    /** A key of a Secret, and where it lies; {@code isOptional} where a pod would start without it. */
    record SecretFile(String path, String secret, String key, boolean isOptional) {}

    /** What is mounted closest above a path. */
    Optional<VolumeMount> mount(String path) {
        return container.getVolumeMounts().stream()
                .filter(mount -> path.equals(mount.getMountPath()) || path.startsWith(mount.getMountPath() + "/"))
                .max(Comparator.comparingInt(mount -> mount.getMountPath().length()));
    }

    private Optional<Volume> volume(VolumeMount mount) {
        return workload.pod().getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .findFirst();
    }

    /** Whether what is written there outlives the pod. */
    boolean isKept(String path) {
        return mount(path)
                .filter(mount -> workload.claims().contains(mount.getName())
                        || volume(mount)
                                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                                .isPresent())
                .isPresent();
    }

    /** Whether a gateway can write there. */
    boolean isWritable(String path) {
        return mount(path)
                .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .filter(mount -> workload.claims().contains(mount.getName())
                        || volume(mount)
                                .filter(volume ->
                                        volume.getEmptyDir() != null || volume.getPersistentVolumeClaim() != null)
                                .isPresent())
                .isPresent();
    }

    /** Files of ConfigMaps, with what is in them. */
    Map<String, String> configurationFiles() {
        Map<String, String> files = new TreeMap<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            volume(mount).map(Volume::getConfigMap).ifPresent(source -> {
                Optional<ConfigMap> map = ManifestFindings.configMap(manifests, source.getName());
                map.ifPresent(one -> place(source.getItems(), one.getData().keySet())
                        .forEach((path, key) -> {
                            var _ = files.put(
                                    mount.getMountPath() + "/" + path,
                                    one.getData().get(key));
                        }));
            });
        }
        return files;
    }

    private static Map<String, String> place(List<KeyToPath> items, Collection<String> keys) {
        Map<String, String> placed = new TreeMap<>();
        if (items.isEmpty()) {
            keys.forEach(key -> {
                var _ = placed.put(key, key);
            });
        }
        items.forEach(item -> {
            if (keys.contains(item.getKey())) {
                var _ = placed.put(item.getPath(), item.getKey());
            }
        });
        return placed;
    }

    /** Files of Secrets, which say key by key what they are. */
    List<SecretFile> secretFiles() {
        List<SecretFile> files = new ArrayList<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            volume(mount).ifPresent(volume -> {
                if (volume.getSecret() != null) {
                    add(
                            mount,
                            volume.getSecret().getSecretName(),
                            volume.getSecret().getItems(),
                            volume.getSecret().getOptional(),
                            files);
                }
                if (volume.getProjected() != null) {
                    volume.getProjected().getSources().forEach(source -> {
                        SecretProjection secret = source.getSecret();
                        if (secret != null) {
                            add(mount, secret.getName(), secret.getItems(), secret.getOptional(), files);
                        }
                    });
                }
            });
        }
        return files;
    }

    private static void add(
            VolumeMount mount, String secret, List<KeyToPath> items, Boolean isOptional, List<SecretFile> files) {
        items.forEach(item -> files.add(new SecretFile(
                mount.getMountPath() + "/" + item.getPath(), secret, item.getKey(), Boolean.TRUE.equals(isOptional))));
        if (items.isEmpty()) {
            files.add(new SecretFile(mount.getMountPath(), secret, "", Boolean.TRUE.equals(isOptional)));
        }
    }
}
