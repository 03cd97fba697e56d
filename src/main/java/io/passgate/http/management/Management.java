package io.passgate.http.management;

import io.passgate.http.response.ProblemType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The interface for those who run the gateway, on a port of its own: metrics, health, and pages that show them. */
public final class Management {
    private static final String METRICS = "/metrics";
    private static final String LIVE = "/health/live";
    private static final String READY = "/health/ready";

    private static final List<String> SOURCES = List.of(LIVE, READY, METRICS);

    /** One of each kind of what is there. */
    static final List<String> KINDS = List.of(LIVE, READY, METRICS, ManagementPages.OPERATIONS);

    private final Supplier<String> metrics;
    private final Supplier<List<String>> notLiveBecause;
    private final Supplier<List<String>> notReadyBecause;
    private final Supplier<List<String>> warnings;
    private final ManagementPages pages = new ManagementPages();

    /**
     * The interface over these sources, and its pages as the jar has them. Those of health are asked on the thread that answers, and wait for nobody; the
     * metrics are gathered on another one.
     *
     * @param metrics the Prometheus text format
     * @param notLiveBecause why the process cannot work and is to be started again; empty while it can
     * @param notReadyBecause why the gateway should get no traffic; empty when it should
     * @param warnings what is not as it should be, though the gateway does its work
     * @throws IllegalStateException if the jar lacks a file of a page
     */
    public Management(
            Supplier<String> metrics,
            Supplier<List<String>> notLiveBecause,
            Supplier<List<String>> notReadyBecause,
            Supplier<List<String>> warnings) {
        this.metrics = metrics;
        this.notLiveBecause = notLiveBecause;
        this.notReadyBecause = notReadyBecause;
        this.warnings = warnings;
    }

    /**
     * Starts to answer.
     *
     * @param host a name or address of this machine
     * @param port 0 for one that the system chooses
     * @param bounds what those who ask may take
     * @return the open port, for the caller to close
     * @throws IOException if nobody can listen there
     */
    public ManagementPort listen(String host, int port, ManagementPort.Bounds bounds) throws IOException {
        return new ManagementPort(this, host, port, bounds);
    }

    /** The answer to a request; empty for the metrics, which {@link #scrape} gathers. */
    Optional<ManagementAnswer> answer(RequestHead head) {
        return switch (head) {
            case RequestHead.Wrong(var detail) ->
                Optional.of(ManagementAnswer.problem(ProblemType.AMBIGUOUS_REQUEST, detail));
            case RequestHead.Asked asked -> answer(asked);
        };
    }

    private Optional<ManagementAnswer> answer(RequestHead.Asked asked) {
        Optional<ManagementAnswer> page = pages.answer(asked);
        if (page.isEmpty() && !SOURCES.contains(asked.path())) {
            return Optional.of(ManagementAnswer.problem(ProblemType.NOT_FOUND, ""));
        }
        if (!asked.method().equals("GET") && !asked.method().equals("HEAD")) {
            return Optional.of(ManagementAnswer.problem(ProblemType.METHOD_NOT_ALLOWED, ""));
        }
        return page.isPresent() ? page : told(asked.path());
    }

    private Optional<ManagementAnswer> told(String path) {
        return switch (path) {
            case LIVE -> Optional.of(ManagementAnswer.health(notLiveBecause.get(), List.of()));
            case READY -> Optional.of(ManagementAnswer.health(notReadyBecause.get(), warnings.get()));
            default -> Optional.empty();
        };
    }

    /** The metrics of now; takes its time. */
    ManagementAnswer scrape() {
        return ManagementAnswer.metrics(metrics.get());
    }
}
