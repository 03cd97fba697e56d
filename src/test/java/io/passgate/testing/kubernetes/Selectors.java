package io.passgate.testing.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a selector by labels takes. */
final class Selectors {
    private Selectors() {}

    /** Whether a selector takes what has these labels: one that is not there takes nothing, an empty one everything. */
    static boolean matches(LabelSelector selector, Map<String, String> labels) {
        return selector != null
                && labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
                && selector.getMatchExpressions().stream().allMatch(one -> matches(one, labels));
    }

    private static boolean matches(LabelSelectorRequirement one, Map<String, String> labels) {
        String value = labels.get(one.getKey());
        return switch (one.getOperator()) {
            case "In" -> value != null && one.getValues().contains(value);
            case "NotIn" -> value == null || !one.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }

    /** A selector as text: {@code key=value}, comma between several, sorted. */
    static String text(LabelSelector selector) {
        if (selector == null) {
            return "";
        }
        return Stream.concat(
                        new TreeMap<>(selector.getMatchLabels())
                                .entrySet().stream().map(label -> label.getKey() + "=" + label.getValue()),
                        selector.getMatchExpressions().stream()
                                .map(one -> one.getKey() + " " + one.getOperator() + " " + one.getValues()))
                .collect(Collectors.joining(","));
    }
}
