package io.passgate.bench;

import java.util.Optional;

/**
 * One figure of a table: a benchmark method, and its one parameter where it has any.
 *
 * @param parameter name and value, such as {@code batch} and {@code 256}
 */
record Cell(Class<?> benchmark, String method, Optional<Parameter> parameter) {

    record Parameter(String name, String value) {}

    static Cell of(Class<?> benchmark, String method) {
        return new Cell(benchmark, method, Optional.empty());
    }

    static Cell of(Class<?> benchmark, String method, String name, Object value) {
        return new Cell(benchmark, method, Optional.of(new Parameter(name, value.toString())));
    }

    @Override
    public String toString() {
        return method + parameter.map(p -> ", " + p.name() + " " + p.value()).orElse("");
    }
}
