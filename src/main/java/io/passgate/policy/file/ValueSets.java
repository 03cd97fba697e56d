package io.passgate.policy.file;

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

    static ValueSets read(Path file) {
        StrictYaml yaml = StrictYaml.read(file);
        ValueSets sets = new ValueSets(
                codes(yaml.mapping("targets")),
                products(yaml.mapping("products")),
                codes(yaml.mapping("testTypes")),
                codes(yaml.mapping("testResults")));
        yaml.done();
        return sets;
    }

    private static Map<String, String> codes(StrictYaml yaml) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String code : yaml.keys()) {
            if (byName.put(yaml.text(code), code) != null) {
                throw yaml.wrong(code, yaml.text(code) + " names two codes");
            }
        }
        return byName;
    }

    private static Map<String, Product> products(StrictYaml yaml) {
        Map<String, Product> byName = new LinkedHashMap<>();
        for (String code : yaml.keys()) {
            StrictYaml product = yaml.mapping(code);
            String name = product.text("name");
            int primaryDoses = product.integer("primaryDoses");
            product.done();
            if (byName.put(name, product.made(() -> new Product(code, primaryDoses))) != null) {
                throw product.wrong("name", name + " names two products");
            }
        }
        return byName;
    }
}
