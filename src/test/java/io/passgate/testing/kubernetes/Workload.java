package io.passgate.testing.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What brings pods about: a Deployment, or a StatefulSet.
 *
 * @param object itself
 * @param replicas as it says; empty where it leaves them to an autoscaler
 * @param selector of its pods
 * @param template of its pods
 * @param claims names of the volumes that each pod gets for itself and that outlive it
 */
record Workload(
        HasMetadata object,
        Optional<Integer> replicas,
        LabelSelector selector,
        PodTemplateSpec template,
        List<String> claims) {

    static Workload of(Deployment deployment) {
        return new Workload(
                deployment,
                Optional.ofNullable(deployment.getSpec().getReplicas()),
                deployment.getSpec().getSelector(),
                deployment.getSpec().getTemplate(),
                List.of());
    }

    static Workload of(StatefulSet set) {
        return new Workload(
                set,
                Optional.ofNullable(set.getSpec().getReplicas()),
                set.getSpec().getSelector(),
                set.getSpec().getTemplate(),
                set.getSpec().getVolumeClaimTemplates().stream()
                        .map(claim -> claim.getMetadata().getName())
                        .toList());
    }

    /** How a finding names it. */
    String title() {
        return Manifests.title(object);
    }

    PodSpec pod() {
        return template.getSpec();
    }

    List<Container> containers() {
        return pod().getContainers();
    }

    Map<String, String> labels() {
        return template.getMetadata().getLabels();
    }

    boolean isSelectedBy(LabelSelector any) {
        return Selectors.matches(any, labels());
    }

    /** The port of a container that a name or number means; empty if there is none. */
    Optional<ContainerPort> port(IntOrString wanted) {
        return containers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(port -> wanted.getStrVal() != null
                        ? wanted.getStrVal().equals(port.getName())
                        : port.getContainerPort().equals(wanted.getIntVal()))
                .findFirst();
    }
}
