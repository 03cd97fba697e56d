package io.passgate.testing.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Objects of Kubernetes as they were rendered, read by the models of its API.
 *
 * @param objects those that could be read
 * @param faults what an API server would refuse or silently drop: unknown kinds and fields, wrong types and values
 */
record Manifests(List<HasMetadata> objects, List<String> faults) {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.ofEntries(
            Map.entry("v1 Namespace", Namespace.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class),
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Secret", Secret.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("apps/v1 StatefulSet", StatefulSet.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class));

    /** Fields that the models have as texts, and the API as one of these. */
    private static final Map<String, Set<String>> VALUES = Map.ofEntries(
            Map.entry("accessModes", Set.of("ReadWriteOnce", "ReadWriteOncePod", "ReadOnlyMany", "ReadWriteMany")),
            Map.entry("fsGroupChangePolicy", Set.of("OnRootMismatch", "Always")),
            Map.entry("imagePullPolicy", Set.of("Always", "IfNotPresent", "Never")),
            Map.entry("medium", Set.of("", "Memory")),
            Map.entry("metrics.type", Set.of("Resource", "ContainerResource", "Pods", "Object", "External")),
            Map.entry("operator", Set.of("In", "NotIn", "Exists", "DoesNotExist")),
            Map.entry("podManagementPolicy", Set.of("OrderedReady", "Parallel")),
            Map.entry("policies.type", Set.of("Pods", "Percent")),
            Map.entry("policyTypes", Set.of("Ingress", "Egress")),
            Map.entry("protocol", Set.of("TCP", "UDP", "SCTP")),
            Map.entry("restartPolicy", Set.of("Always")),
            Map.entry("seccompProfile.type", Set.of("RuntimeDefault", "Localhost", "Unconfined")),
            Map.entry("strategy.type", Set.of("RollingUpdate", "Recreate")),
            Map.entry("target.type", Set.of("Utilization", "Value", "AverageValue")),
            Map.entry("updateStrategy.type", Set.of("RollingUpdate", "OnDelete")),
            Map.entry("whenUnsatisfiable", Set.of("DoNotSchedule", "ScheduleAnyway")));

    /** Takes no field that its models do not name, though they would keep it. */
    private static final class NamedFieldsOnly extends JacksonAnnotationIntrospector {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated any) {
            return Boolean.FALSE;
        }
    }

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .annotationIntrospector(new NamedFieldsOnly())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    /** Reads documents of YAML, each with an object in it. */
    static Manifests parse(String yaml) {
        List<HasMetadata> objects = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            while (documents.hasNextValue()) {
                add(documents.nextValue(), objects, faults);
            }
        } catch (IOException broken) {
            faults.add("no YAML: " + firstLine(broken));
        }
        return new Manifests(List.copyOf(objects), List.copyOf(faults));
    }

    private static void add(JsonNode tree, List<HasMetadata> objects, List<String> faults) {
        String kind = tree.path("apiVersion").asText() + " " + tree.path("kind").asText();
        String title =
                tree.path("kind").asText() + " " + tree.at("/metadata/name").asText();
        Class<? extends HasMetadata> model = KINDS.get(kind);
        if (model == null) {
            faults.add(title + ": there is no kind " + kind);
            return;
        }
        addValueFaults(title, "", "", tree, faults);
        try {
            objects.add(YAML.treeToValue(tree, model));
        } catch (JsonMappingException wrong) {
            faults.add(title + ": " + path(wrong) + " " + firstLine(wrong));
        } catch (JsonProcessingException broken) {
            faults.add(title + ": " + firstLine(broken));
        }
    }

    private static void addValueFaults(String title, String parent, String name, JsonNode node, List<String> faults) {
        node.properties().forEach(field -> addValueFaults(title, name, field.getKey(), field.getValue(), faults));
        if (node.isArray()) {
            node.forEach(item -> addValueFaults(title, parent, name, item, faults));
        }
        Set<String> known = VALUES.getOrDefault(parent + "." + name, VALUES.getOrDefault(name, Set.of()));
        if (node.isTextual() && !known.isEmpty() && !known.contains(node.asText())) {
            faults.add(title + ": " + name + " is " + node.asText() + ", which is none of "
                    + known.stream().sorted().toList());
        }
    }

    private static String path(JsonMappingException wrong) {
        return wrong.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String firstLine(IOException wrong) {
        String message = wrong instanceof JsonProcessingException json ? json.getOriginalMessage() : wrong.toString();
        return message.lines().findFirst().orElse("");
    }

    /** Those of one kind. */
    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What brings pods about. */
    List<Workload> workloads() {
        List<Workload> all = new ArrayList<>();
        all(Deployment.class).forEach(deployment -> all.add(Workload.of(deployment)));
        all(StatefulSet.class).forEach(set -> all.add(Workload.of(set)));
        return all;
    }

    /** How a finding names an object. */
    static String title(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }
}
