package io.passgate.testing.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Selectors that take nothing, too much, or not what they are for. */
final class SelectorFindings {
    private final Manifests manifests;
    private final ManifestFindings.Ground ground;
    private final List<Workload> workloads;
    private final List<String> findings;

    SelectorFindings(Manifests manifests, ManifestFindings.Ground ground, List<String> findings) {
        this.manifests = manifests;
        this.ground = ground;
        this.workloads = manifests.workloads();
        this.findings = findings;
    }

    void add() {
        workloads.forEach(this::workload);
        manifests.all(Service.class).forEach(service -> {
            if (selected(selector(service)).isEmpty()) {
                selectsNone(service, selector(service));
            }
        });
        manifests.all(StatefulSet.class).forEach(this::governingService);
        manifests.all(PodDisruptionBudget.class).forEach(this::budget);
        manifests.all(NetworkPolicy.class).forEach(this::policy);
        manifests.all(ServiceMonitor.class).forEach(this::monitor);
        workloads.forEach(this::isCovered);
    }

    /** That of a Service, which is a plain map. */
    static LabelSelector selector(Service service) {
        return new LabelSelectorBuilder()
                .withMatchLabels(service.getSpec().getSelector())
                .build();
    }

    private List<Workload> selected(LabelSelector selector) {
        return workloads.stream().filter(one -> one.isSelectedBy(selector)).toList();
    }

    private void selectsNone(HasMetadata object, LabelSelector selector) {
        findings.add(Manifests.title(object) + ": no pod has the labels " + Selectors.text(selector));
    }

    private void workload(Workload workload) {
        if (!workload.isSelectedBy(workload.selector())) {
            selectsNone(workload.object(), workload.selector());
        }
        for (Workload other : workloads) {
            if (!other.title().equals(workload.title()) && other.isSelectedBy(workload.selector())) {
                findings.add(workload.title() + ": its selector takes the pods of " + other.title() + " as well");
            }
        }
        Set<String> keys = new HashSet<>();
        for (TopologySpreadConstraint spread : workload.pod().getTopologySpreadConstraints()) {
            if (!selected(spread.getLabelSelector()).equals(List.of(workload))) {
                findings.add(workload.title() + ": spreads by " + spread.getTopologyKey()
                        + " what is not just its own pods: " + Selectors.text(spread.getLabelSelector()));
            }
            if (!keys.add(spread.getTopologyKey())) {
                findings.add(workload.title() + ": spreads by " + spread.getTopologyKey() + " twice");
            }
        }
        if (keys.isEmpty()) {
            findings.add(workload.title() + ": its pods are not spread");
        }
    }

    private void governingService(StatefulSet set) {
        Workload workload = Workload.of(set);
        boolean isThere = manifests.all(Service.class).stream()
                .anyMatch(service ->
                        service.getMetadata().getName().equals(set.getSpec().getServiceName())
                                && "None".equals(service.getSpec().getClusterIP())
                                && workload.isSelectedBy(selector(service)));
        if (!isThere) {
            findings.add(
                    workload.title() + ": no headless Service " + set.getSpec().getServiceName() + " selects its pods");
        }
    }

    private void budget(PodDisruptionBudget budget) {
        LabelSelector selector = budget.getSpec().getSelector();
        List<Workload> selected = selected(selector);
        if (selected.isEmpty()) {
            selectsNone(budget, selector);
        } else if (selected.size() > 1) {
            findings.add(Manifests.title(budget) + ": takes the pods of more than one");
        }
    }

    private void policy(NetworkPolicy policy) {
        if (selected(policy.getSpec().getPodSelector()).isEmpty()) {
            selectsNone(policy, policy.getSpec().getPodSelector());
        }
        if (!Set.copyOf(policy.getSpec().getPolicyTypes()).equals(Set.of("Ingress", "Egress"))) {
            findings.add(Manifests.title(policy) + ": does not bound both ways");
        }
        List<NetworkPolicyPeer> peers = new ArrayList<>();
        policy.getSpec().getIngress().forEach(rule -> addPeers(policy, rule.getFrom(), peers));
        policy.getSpec().getEgress().forEach(rule -> addPeers(policy, rule.getTo(), peers));
        peers.forEach(peer -> peer(policy, peer));
    }

    private void addPeers(NetworkPolicy policy, List<NetworkPolicyPeer> some, List<NetworkPolicyPeer> peers) {
        if (some.isEmpty()) {
            findings.add(Manifests.title(policy) + ": a rule is for everybody");
        }
        peers.addAll(some);
    }

    private void peer(NetworkPolicy policy, NetworkPolicyPeer peer) {
        LabelSelector namespace = peer.getNamespaceSelector();
        if (namespace != null && !ground.brought().namespaces().contains(Selectors.text(namespace))) {
            findings.add(Manifests.title(policy) + ": the chapter names no namespace " + Selectors.text(namespace));
        }
        LabelSelector pods = peer.getPodSelector();
        boolean isOurs = pods != null && namespace == null && !selected(pods).isEmpty();
        if (pods != null && !isOurs && !ground.brought().pods().contains(Selectors.text(pods))) {
            findings.add(Manifests.title(policy) + ": neither we nor the chapter have pods " + Selectors.text(pods));
        }
    }

    private List<Service> monitored(ServiceMonitor monitor) {
        return manifests.all(Service.class).stream()
                .filter(service -> Selectors.matches(
                        monitor.getSpec().getSelector(), service.getMetadata().getLabels()))
                .toList();
    }

    private void monitor(ServiceMonitor monitor) {
        List<Service> services = monitored(monitor);
        if (services.isEmpty()) {
            findings.add(Manifests.title(monitor) + ": no Service has the labels "
                    + Selectors.text(monitor.getSpec().getSelector()));
        }
        monitor.getSpec().getEndpoints().forEach(endpoint -> {
            for (Service service : services) {
                if (service.getSpec().getPorts().stream()
                        .noneMatch(port -> port.getName().equals(endpoint.getPort()))) {
                    findings.add(Manifests.title(monitor) + ": " + Manifests.title(service) + " has no port "
                            + endpoint.getPort());
                }
            }
            if (!ground.routes().contains(endpoint.getPath())) {
                findings.add(Manifests.title(monitor) + ": gateways have no route " + endpoint.getPath());
            }
        });
    }

    /** Each workload has what the others are for. */
    private void isCovered(Workload workload) {
        if (manifests.all(NetworkPolicy.class).stream()
                .noneMatch(policy -> workload.isSelectedBy(policy.getSpec().getPodSelector()))) {
            findings.add(workload.title() + ": no NetworkPolicy is for its pods");
        }
        if (manifests.all(PodDisruptionBudget.class).stream()
                        .filter(budget -> workload.isSelectedBy(budget.getSpec().getSelector()))
                        .count()
                != 1) {
            findings.add(workload.title() + ": not just one PodDisruptionBudget is for its pods");
        }
        if (manifests.all(ServiceMonitor.class).stream()
                .flatMap(monitor -> monitored(monitor).stream())
                .noneMatch(service -> workload.isSelectedBy(selector(service)))) {
            findings.add(workload.title() + ": no ServiceMonitor has its pods scraped");
        }
    }
}
