package io.passgate.policy.file;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A list of at least one name, none of them twice; what they stand for is looked up in a value set. */
record Names(List<String> names) {
    Names {
        names = List.copyOf(names);
    }

    /** @throws IllegalArgumentException if it is no such list */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Names of(JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            throw new IllegalArgumentException("is not a list with at least one entry");
        }
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode entry : list) {
            if (!entry.isTextual()) {
                throw new IllegalArgumentException(entry + " is not text");
            }
            if (!names.add(entry.textValue())) {
                throw new IllegalArgumentException(entry.textValue() + " stands there twice");
            }
        }
        return new Names(List.copyOf(names));
    }

    /**
     * What the names stand for, in their order.
     *
     * @param key under which they stand
     * @throws IllegalArgumentException that begins with the key, if one of them stands for nothing
     */
    <T> List<T> in(Map<String, T> byName, String key) {
        try {
            return names.stream().map(name -> named(name, byName)).toList();
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(key + ": " + unknown.getMessage(), unknown);
        }
    }

    /**
     * What one name stands for.
     *
     * @throws IllegalArgumentException if that is nothing
     */
    static <T> T named(String name, Map<String, T> byName) {
        T value = byName.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is none of " + byName.keySet());
        }
        return value;
    }
}
