package io.passgate.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration of a test, key by key. What it leaves out has its default, and it is checked as a file is. Immutable.
 */
public final class TestConfig {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Object> values;

    private TestConfig(Map<String, Object> values) {
        this.values = values;
    }

    /** The defaults. */
    public static TestConfig defaults() {
        return new TestConfig(Map.of());
    }

    /**
     * The same with another value, such as {@code with("http.port", 0)}.
     *
     * @param value a text, number, boolean, duration, instant, or a list or map of them
     */
    public TestConfig with(String key, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        var _ = changed.put(key, value);
        return new TestConfig(changed);
    }

    /**
     * {@return the configuration as a gateway binds it}
     *
     * @throws InvalidConfig if it cannot be used; the message names the key
     */
    public Config build() {
        ObjectNode root = JSON.createObjectNode();
        values.forEach((key, value) -> {
            String[] path = key.split("\\.", -1);
            ObjectNode parent = root;
            for (int i = 0; i < path.length - 1; i++) {
                parent = parent.withObject("/" + path[i]);
            }
            var _ = parent.set(path[path.length - 1], JSON.valueToTree(plain(value)));
        });
        try {
            return ConfigFile.parse(JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Duration duration -> duration.toString();
            case Instant instant -> instant.toString();
            case List<?> list -> list.stream().map(TestConfig::plain).toList();
            case Map<?, ?> map -> {
                Map<Object, Object> changed = new LinkedHashMap<>();
                map.forEach((key, part) -> {
                    var _ = changed.put(key, plain(part));
                });
                yield changed;
            }
            default -> value;
        };
    }
}
