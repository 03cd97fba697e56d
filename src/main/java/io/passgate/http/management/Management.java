package io.passgate.http.management;

import io.passgate.http.response.ProblemType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The interface for those who run the gateway, on a port of its own: metrics and health. */
public final class Management {
    private static final String METRICS = "/metrics";
    private static final String LIVE = "/health/live";
    private static final String READY = "/health/ready";

    /** All that is there. */
    static final List<String> PATHS = List.of(LIVE, READY, METRICS);

    private final Supplier<String> metrics;
    private final Supplier<List<String>> notLiveBecause;
    private final Supplier<List<String>> notReadyBecause;
    private final Supplier<List<String>> warnings;

    /**
     * The interface over these sources. Those of health are asked on the thread that answers, and wait for nobody; the
     * metrics are gathered on another one.
     *
     * @param metrics the Prometheus text format
     * @param notLiveBecause why the process cannot work and is to be started again; empty while it can
     * @param notReadyBecause why the gateway should get no traffic; empty when it should
     * @param warnings what is not as it should be, though the gateway does its work
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
            case RequestHead.Asked(var method, var path) -> answer(method, path);
        };
    }

    private Optional<ManagementAnswer> answer(String method, String path) {
        if (!PATHS.contains(path)) {
            return Optional.of(ManagementAnswer.problem(ProblemType.NOT_FOUND, ""));
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Optional.of(ManagementAnswer.problem(ProblemType.METHOD_NOT_ALLOWED, ""));
        }
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
