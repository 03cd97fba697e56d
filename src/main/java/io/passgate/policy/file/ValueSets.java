package io.passgate.policy.file;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The value sets that policy files name codes by.
 *
 * @param targets code by name
 * @param products product by name
 * @param testTypes code by name
 * @param testResults code by name
 */
record ValueSets(
        Map<String, String> targets,
        Map<String, Product> products,
        Map<String, String> testTypes,
        Map<String, String> testResults) {

    /**
     * A medicinal product.
     *
     * @param primaryDoses the doses of a primary series
     */
    record Product(String code, int primaryDoses) {
        Product {
            if (primaryDoses < 1) {
                throw new IllegalArgumentException("primaryDoses is at least 1, not " + primaryDoses);
            }
        }
    }

    /** A product as a file says it, under its code. */
    record Named(String name, int primaryDoses) {
        /** @throws IllegalArgumentException if there is no dose */
        Named {
            var _ = new Product(name, primaryDoses);
        }
    }

    static ValueSets read(Path file) {
        return PolicyYaml.read(file, ValueSets.class);
    }

    /**
     * The sets of a file, which has names by code.
     *
     * @throws IllegalArgumentException that names the key, if a name stands for two codes
     */
    @JsonCreator
    static ValueSets of(
            @JsonProperty("targets") Map<String, String> targets,
            @JsonProperty("products") Map<String, Named> products,
            @JsonProperty("testTypes") Map<String, String> testTypes,
            @JsonProperty("testResults") Map<String, String> testResults) {
        return new ValueSets(
                codes("targets", targets),
                products("products", products),
                codes("testTypes", testTypes),
                codes("testResults", testResults));
    }

    private static Map<String, String> codes(String key, Map<String, String> names) {
        Map<String, String> byName = new LinkedHashMap<>();
        names.forEach((code, name) -> {
            if (byName.put(name, code) != null) {
                throw new IllegalArgumentException(key + "." + code + ": " + name + " names two codes");
            }
        });
        return byName;
    }

    private static Map<String, Product> products(String key, Map<String, Named> products) {
        Map<String, Product> byName = new LinkedHashMap<>();
        products.forEach((code, named) -> {
            if (byName.put(named.name(), new Product(code, named.primaryDoses())) != null) {
                throw new IllegalArgumentException(key + "." + code + ".name: " + named.name() + " names two products");
            }
        });
        return byName;
    }
}
