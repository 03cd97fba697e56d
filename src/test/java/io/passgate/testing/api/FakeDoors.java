package io.passgate.testing.api;

import io.passgate.checkin.CheckInAttempt;
import io.passgate.checkin.CheckInObserver;
import io.passgate.checkin.CheckInPolicy;
import io.passgate.checkin.CheckInService;
import io.passgate.checkin.DuplicateHolders;
import io.passgate.checkin.HolderPseudonyms;
import io.passgate.checkin.OneTimeUse;
import io.passgate.checkin.Traces;
import io.passgate.http.checkin.CheckInSide;
import io.passgate.model.OpaqueId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** Doors that remember in a map, and tracing that finds what a test has put there. */
public final class FakeDoors implements OneTimeUse, Traces {
    public final List<Traces.Question> asked = new CopyOnWriteArrayList<>();
    public volatile Trace trace = new Trace.Found(Map.of(), 0);
    public volatile boolean isLost;
    public volatile Mood mood = Mood.ANSWERS;
    public volatile boolean isFull;
    private final Map<OpaqueId, OpaqueId> users = new HashMap<>();

    CheckInSide side() {
        CheckInService checkInService = new CheckInService(
                this,
                DuplicateHolders.NONE,
                HolderPseudonyms.NONE,
                new CheckInPolicy(Duration.ofSeconds(10), false),
                CheckInObserver.NONE,
                new Random(7));
        return new CheckInSide(checkInService, this, Optional.empty(), Optional.of("kr"));
    }

    @Override
    public synchronized Future<List<Use>> use(List<CheckInAttempt> showings) {
        return mood.future(showings.stream().map(this::use).toList());
    }

    private Use use(CheckInAttempt checkInAttempt) {
        if (isLost) {
            return new Use(Answer.NOT_LOGGED, Memory.LOCAL);
        }
        OpaqueId before =
                users.putIfAbsent(checkInAttempt.key(), checkInAttempt.visit().id());
        if (before == null) {
            return new Use(Answer.FIRST, Memory.SHARED);
        }
        return new Use(before.equals(checkInAttempt.visit().id()) ? Answer.AGAIN : Answer.USED, Memory.SHARED);
    }

    @Override
    public boolean isFull() {
        return isFull;
    }

    @Override
    public Future<Trace> find(Traces.Question question) {
        asked.add(question);
        return isLost ? Future.failedFuture("lost") : mood.future(trace);
    }
}
