package io.passgate.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One figure of a table: a benchmark method, and the parameters it has.
 *
 * @param parameters names and values, such as {@code batch} and {@code 256}
 */
record Cell(Class<?> benchmark, String method, List<Parameter> parameters) {

    record Parameter(String name, String value) {}

    static Cell of(Class<?> benchmark, String method) {
        return new Cell(benchmark, method, List.of());
    }

    static Cell of(Class<?> benchmark, String method, String name, Object value) {
        return of(benchmark, method).with(name, value);
    }

    /** The same with another parameter. */
    Cell with(String name, Object value) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.add(new Parameter(name, value.toString()));
        return new Cell(benchmark, method, List.copyOf(all));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(method);
        parameters.forEach(
                one -> text.append(", ").append(one.name()).append(' ').append(one.value()));
        return text.toString();
    }
}
