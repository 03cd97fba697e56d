package io.passgate.policy.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A mapping in a YAML file whose every key must be there, be of its type, and be asked for.
 *
 * <p>Each getter throws {@link InvalidPolicyFile} with the file and the key; {@link #done} does so for a key nobody
 * asked for.
 */
final class StrictYaml {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String NONE = "none";

    private final Path file;
    private final String path;
    private final JsonNode mapping;
    private final Set<String> asked = new HashSet<>();

    private StrictYaml(Path file, String path, JsonNode mapping) {
        this.file = file;
        this.path = path;
        this.mapping = mapping;
        if (!mapping.isObject()) {
            throw new InvalidPolicyFile(file, path, "is not a mapping");
        }
    }

    /** The mapping that the file holds. */
    static StrictYaml read(Path file) {
        try {
            return new StrictYaml(file, "", MAPPER.readTree(Files.readAllBytes(file)));
        } catch (JacksonException e) {
            throw new InvalidPolicyFile(file, "is not one YAML mapping: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidPolicyFile(file, "cannot be read: " + e, e);
        }
    }

    /** The keys, in the order of the file. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        mapping.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    StrictYaml mapping(String key) {
        return new StrictYaml(file, pathOf(key), required(key));
    }

    String text(String key) {
        JsonNode value = required(key);
        if (!value.isTextual()) {
            throw wrong(key, "is not text (quote a code made of digits)");
        }
        return value.textValue();
    }

    int integer(String key) {
        JsonNode value = required(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(key, "is not a whole number");
        }
        return value.intValue();
    }

    /** A whole number, or empty for {@code none}. */
    OptionalInt integerOrNone(String key) {
        return NONE.equals(required(key).textValue()) ? OptionalInt.empty() : OptionalInt.of(integer(key));
    }

    /** The values that a non-empty list of texts stands for; {@code byName} maps each, and a repeated one is wrong. */
    <T> List<T> list(String key, Map<String, T> byName) {
        JsonNode value = required(key);
        if (!value.isArray() || value.isEmpty()) {
            throw wrong(key, "is not a list with at least one entry");
        }
        Map<String, T> found = new LinkedHashMap<>();
        for (JsonNode entry : value) {
            if (!entry.isTextual()) {
                throw wrong(key, entry + " is not text");
            }
            if (found.put(entry.textValue(), named(key, entry.textValue(), byName)) != null) {
                throw wrong(key, entry.textValue() + " stands there twice");
            }
        }
        return List.copyOf(found.values());
    }

    /** The value that a text stands for. */
    <T> T choice(String key, Map<String, T> byName) {
        return named(key, text(key), byName);
    }

    /** The date or zone that {@code parse} makes of a text. */
    <T> T parsed(String key, Function<String, T> parse) {
        String text = text(key);
        try {
            return parse.apply(text);
        } catch (DateTimeException e) {
            throw wrong(key, text + ": " + e.getMessage());
        }
    }

    /** What {@code make} returns, if no value it was given is out of its range. */
    <T> T made(Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidPolicyFile(file, path, String.valueOf(e.getMessage()));
        }
    }

    /** Ends the reading of this mapping: a key nobody asked for is unknown. */
    void done() {
        for (String key : keys()) {
            if (!asked.contains(key)) {
                throw wrong(key, "is unknown here");
            }
        }
    }

    /** What a file's reader throws when the value of a key is wrong. */
    InvalidPolicyFile wrong(String key, String wrong) {
        return new InvalidPolicyFile(file, pathOf(key), wrong);
    }

    private <T> T named(String key, String name, Map<String, T> byName) {
        T value = byName.get(name);
        if (value == null) {
            throw wrong(key, name + " is none of " + byName.keySet());
        }
        return value;
    }

    private JsonNode required(String key) {
        asked.add(key);
        JsonNode value = mapping.get(key);
        if (value == null) {
            throw wrong(key, "is missing");
        }
        return value;
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
