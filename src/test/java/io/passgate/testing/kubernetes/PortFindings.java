package io.passgate.testing.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Ports that do not meet: of Services, policies, probes and containers with those where a gateway listens. */
final class PortFindings {
    private static final int DNS = 53;

    private final Manifests manifests;
    private final ManifestFindings.Ground ground;
    private final GatewayConfigurations configurations;
    private final List<String> findings;

    PortFindings(
            Manifests manifests,
            ManifestFindings.Ground ground,
            GatewayConfigurations configurations,
            List<String> findings) {
        this.manifests = manifests;
        this.ground = ground;
        this.configurations = configurations;
        this.findings = findings;
    }

    void add() {
        for (Workload workload : manifests.workloads()) {
            configurations.of(workload).ifPresent(configured -> {
                containerPorts(workload, configured);
                hosts(workload, configured);
                stores(workload, configured);
            });
            workload.containers().forEach(container -> probes(workload, container));
        }
        manifests.all(Service.class).forEach(this::service);
        manifests.all(NetworkPolicy.class).forEach(this::ingress);
    }

    private void containerPorts(Workload workload, GatewayConfigurations.One configured) {
        Set<String> names = new HashSet<>();
        for (Container container : workload.containers()) {
            for (ContainerPort port : container.getPorts()) {
                Integer listening = configured.ports().get(port.getName());
                if (listening == null) {
                    findings.add(workload.title() + ": its gateway has no port called " + port.getName());
                } else if (!listening.equals(port.getContainerPort())) {
                    findings.add(workload.title() + ": its gateway has " + port.getName() + " at " + listening
                            + ", not at " + port.getContainerPort());
                }
                if (!names.add(port.getName())) {
                    findings.add(workload.title() + ": has two ports called " + port.getName());
                }
            }
        }
    }

    /** A pod is asked by its address. */
    private void hosts(Workload workload, GatewayConfigurations.One configured) {
        Map<String, String> hosts = new LinkedHashMap<>();
        var _ = hosts.put("http.host", configured.config().http().host());
        var _ = hosts.put("management.host", configured.config().management().host());
        hosts.forEach((key, host) -> {
            if (!host.equals("0.0.0.0") && !host.equals("::")) {
                findings.add(workload.title() + ": nobody gets to " + key + " " + host);
            }
        });
    }

    /** A gateway gets out to its stores, and to names. */
    private void stores(Workload workload, GatewayConfigurations.One configured) {
        Set<String> wanted = new TreeSet<>(Set.of("UDP " + DNS, "TCP " + DNS));
        wanted.add("TCP " + URI.create(configured.config().database().uri()).getPort());
        configured
                .config()
                .redis()
                .endpoints()
                .forEach(one -> wanted.add("TCP " + URI.create(one).getPort()));
        Set<String> open = new TreeSet<>();
        for (NetworkPolicy policy : policies(workload)) {
            for (NetworkPolicyEgressRule rule : policy.getSpec().getEgress()) {
                rule.getPorts().forEach(port -> open.add(text(port)));
            }
        }
        wanted.removeAll(open);
        wanted.forEach(port -> findings.add(workload.title() + ": no NetworkPolicy lets it out to " + port));
    }

    private List<NetworkPolicy> policies(Workload workload) {
        return manifests.all(NetworkPolicy.class).stream()
                .filter(policy -> workload.isSelectedBy(policy.getSpec().getPodSelector()))
                .toList();
    }

    private static String text(NetworkPolicyPort port) {
        return Objects.requireNonNullElse(port.getProtocol(), "TCP") + " "
                + port.getPort().getValue();
    }

    private void probes(Workload workload, Container container) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        var _ = probes.put("startupProbe", container.getStartupProbe());
        var _ = probes.put("livenessProbe", container.getLivenessProbe());
        var _ = probes.put("readinessProbe", container.getReadinessProbe());
        probes.forEach((name, probe) -> {
            if (probe == null || probe.getHttpGet() == null) {
                findings.add(workload.title() + ": has no " + name + " by HTTP");
                return;
            }
            Optional<ContainerPort> port = workload.port(probe.getHttpGet().getPort());
            if (port.isEmpty()) {
                findings.add(workload.title() + ": " + name + " asks no port of the container: "
                        + probe.getHttpGet().getPort().getValue());
            } else if (!port.get().getName().equals("management")) {
                findings.add(workload.title() + ": " + name + " asks the port "
                        + port.get().getName());
            }
            String wanted = name.equals("readinessProbe") ? "/health/ready" : "/health/live";
            String path = probe.getHttpGet().getPath();
            if (!ground.routes().contains(path)) {
                findings.add(workload.title() + ": " + name + " asks for " + path + ", which gateways have not");
            } else if (!wanted.equals(path)) {
                findings.add(workload.title() + ": " + name + " asks for " + path + " and not for " + wanted);
            }
        });
    }

    private void service(Service service) {
        List<Workload> selected = manifests.workloads().stream()
                .filter(workload -> workload.isSelectedBy(SelectorFindings.selector(service)))
                .toList();
        Set<String> names = new HashSet<>();
        for (ServicePort port : service.getSpec().getPorts()) {
            if (!names.add(port.getName())) {
                findings.add(Manifests.title(service) + ": has two ports called " + port.getName());
            }
            IntOrString target = port.getTargetPort() == null ? new IntOrString(port.getPort()) : port.getTargetPort();
            toContainers(Manifests.title(service), selected, target);
            for (Workload workload : selected) {
                workload.port(target)
                        .filter(found -> !found.getName().equals(port.getName()))
                        .ifPresent(found -> findings.add(Manifests.title(service) + ": its port " + port.getName()
                                + " leads to the port " + found.getName() + " of " + workload.title()));
            }
        }
    }

    private void ingress(NetworkPolicy policy) {
        List<Workload> selected = manifests.workloads().stream()
                .filter(workload -> workload.isSelectedBy(policy.getSpec().getPodSelector()))
                .toList();
        policy.getSpec().getIngress().forEach(rule -> {
            if (rule.getPorts().isEmpty()) {
                findings.add(Manifests.title(policy) + ": lets somebody in to every port");
            }
            rule.getPorts().forEach(port -> toContainers(Manifests.title(policy), selected, port.getPort()));
        });
    }

    private void toContainers(String title, List<Workload> selected, IntOrString target) {
        for (Workload workload : selected) {
            if (workload.port(target).isEmpty()) {
                findings.add(title + ": " + workload.title() + " has no port " + target.getValue());
            }
        }
    }
}
