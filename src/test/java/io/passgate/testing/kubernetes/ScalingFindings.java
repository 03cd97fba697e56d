package io.passgate.testing.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Autoscalers that scale nothing, or by what nobody measures; budgets that let no pod go. */
final class ScalingFindings {
    private final Manifests manifests;
    private final ManifestFindings.Ground ground;
    private final List<String> findings;

    ScalingFindings(Manifests manifests, ManifestFindings.Ground ground, List<String> findings) {
        this.manifests = manifests;
        this.ground = ground;
        this.findings = findings;
    }

    void add() {
        List<Workload> scaled = new ArrayList<>();
        for (HorizontalPodAutoscaler scaler : manifests.all(HorizontalPodAutoscaler.class)) {
            Optional<Workload> target = target(scaler);
            if (target.isEmpty()) {
                CrossVersionObjectReference wanted = scaler.getSpec().getScaleTargetRef();
                findings.add(Manifests.title(scaler) + ": there is no " + wanted.getApiVersion() + " "
                        + wanted.getKind() + " " + wanted.getName());
            }
            target.ifPresent(workload -> {
                scaled.add(workload);
                bounds(scaler, workload);
                scaler.getSpec().getMetrics().forEach(metric -> metric(scaler, workload, metric));
            });
        }
        for (Workload workload : manifests.workloads()) {
            long scalers = scaled.stream()
                    .filter(one -> one.title().equals(workload.title()))
                    .count();
            if (scalers != 1) {
                findings.add(workload.title() + ": has " + scalers + " autoscalers");
            }
        }
        ground.adapter().series().forEach((name, series) -> {
            for (String one : series) {
                if (!ground.measured().contains(one)) {
                    findings.add("the adapter makes " + name + " of " + one + ", which gateways do not tell");
                }
            }
        });
    }

    private Optional<Workload> target(HorizontalPodAutoscaler scaler) {
        CrossVersionObjectReference wanted = scaler.getSpec().getScaleTargetRef();
        return manifests.workloads().stream()
                .filter(workload -> {
                    HasMetadata object = workload.object();
                    return object.getKind().equals(wanted.getKind())
                            && object.getApiVersion().equals(wanted.getApiVersion())
                            && object.getMetadata().getName().equals(wanted.getName());
                })
                .findFirst();
    }

    private void bounds(HorizontalPodAutoscaler scaler, Workload workload) {
        int least = Optional.ofNullable(scaler.getSpec().getMinReplicas()).orElse(1);
        if (least < 2) {
            findings.add(Manifests.title(scaler) + ": one gateway may be all there is");
        }
        if (scaler.getSpec().getMaxReplicas() <= least) {
            findings.add(Manifests.title(scaler) + ": has no room between " + least + " and "
                    + scaler.getSpec().getMaxReplicas());
        }
        workload.replicas()
                .ifPresent(count -> findings.add(workload.title() + ": each apply sets its replicas to " + count));
        for (PodDisruptionBudget budget : manifests.all(PodDisruptionBudget.class)) {
            if (workload.isSelectedBy(budget.getSpec().getSelector()) && !letsOneGo(budget, least)) {
                findings.add(Manifests.title(budget) + ": lets no pod go");
            }
        }
    }

    private static boolean letsOneGo(PodDisruptionBudget budget, int least) {
        if (budget.getSpec().getMaxUnavailable() != null) {
            return !Set.of("0", "0%")
                    .contains(
                            String.valueOf(budget.getSpec().getMaxUnavailable().getValue()));
        }
        if (budget.getSpec().getMinAvailable() == null) {
            return false;
        }
        Integer kept = budget.getSpec().getMinAvailable().getIntVal();
        return kept == null ? !"100%".equals(budget.getSpec().getMinAvailable().getStrVal()) : kept < least;
    }

    private void metric(HorizontalPodAutoscaler scaler, Workload workload, MetricSpec metric) {
        if (metric.getResource() != null) {
            String resource = metric.getResource().getName();
            if (!workload.containers().stream()
                    .allMatch(container -> container.getResources() != null
                            && container.getResources().getRequests().containsKey(resource))) {
                findings.add(Manifests.title(scaler) + ": " + workload.title() + " asks for no " + resource);
            }
        } else if (metric.getPods() != null) {
            String name = metric.getPods().getMetric().getName();
            if (!ground.adapter().queries().containsKey(name)) {
                findings.add(Manifests.title(scaler) + ": the adapter makes no metric " + name);
            }
        } else {
            findings.add(Manifests.title(scaler) + ": scales by a metric that nobody here makes");
        }
    }
}
