package io.passgate.app;

import io.passgate.app.lists.ListSource;
import io.passgate.engine.TrustContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether a gateway should get traffic, and what is not as it should be. Waits for nobody, on whatever thread asks. */
final class Readiness {
    private final ListSource source;
    private final Optional<CheckInModule> doors;
    private final ProcessWatch watch;
    private final BooleanSupplier isListening;
    private final BooleanSupplier isStopping;
    private final InstantSource clock;

    Readiness(
            ListSource source,
            Optional<CheckInModule> doors,
            ProcessWatch watch,
            BooleanSupplier isListening,
            BooleanSupplier isStopping,
            InstantSource clock) {
        this.source = source;
        this.doors = doors;
        this.watch = watch;
        this.isListening = isListening;
        this.isStopping = isStopping;
        this.clock = clock;
    }

    /** Why this gateway should get no traffic; empty when it should. */
    List<String> notReadyBecause() {
        List<String> because = new ArrayList<>();
        if (isStopping.getAsBoolean()) {
            because.add("shutting down");
        } else if (!isListening.getAsBoolean()) {
            because.add("starting: its ports are not open yet");
        }
        TrustContext trustContext = source.lists();
        if (trustContext.trust().list().size() == 0) {
            because.add("no trust list has been loaded");
        } else if (trustContext.trust().isStale(clock.instant())) {
            because.add("the trust list is stale");
        }
        if (trustContext.revocations().isStale(clock.instant())) {
            because.add("the revocation list is stale");
        }
        because.addAll(source.notReadyBecause());
        because.addAll(watch.notReadyBecause());
        return because;
    }

    /** What is not as it should be, though the gateway does its work. */
    List<String> warnings() {
        List<String> all = new ArrayList<>(source.warnings());
        all.addAll(source.lists().trust().list().warnings());
        doors.ifPresent(kept -> all.addAll(kept.warnings()));
        all.addAll(watch.warnings());
        return all;
    }
}
