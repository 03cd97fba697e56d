package io.passgate.store.entrylog;

import io.passgate.checkin.CheckInAttempt;
import io.passgate.checkin.OneTimeUse.Answer;
import io.passgate.model.OpaqueId;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** What this gateway alone let in, for as long as it could be shown again. Any thread. */
final class LocalOneTimeUse {
    private final int most;
    private final Map<OpaqueId, Use> uses = new LinkedHashMap<>();

    private record Use(OpaqueId entry, Instant keptUntil) {}

    LocalOneTimeUse(int most) {
        this.most = most;
    }

    /** Uses it up, unless it has been; where there is no more room it is not used. */
    synchronized Answer use(CheckInAttempt checkInAttempt, Instant now) {
        forgetBefore(now);
        Use before = uses.get(checkInAttempt.key());
        if (before != null) {
            return before.entry.equals(checkInAttempt.visit().id()) ? Answer.AGAIN : Answer.USED;
        }
        if (uses.size() == most) {
            return Answer.NOT_LOGGED;
        }
        uses.put(checkInAttempt.key(), new Use(checkInAttempt.visit().id(), checkInAttempt.keptUntil()));
        return Answer.FIRST;
    }

    /** Takes a use back that could not be written down. */
    synchronized void takeBack(CheckInAttempt checkInAttempt) {
        uses.remove(checkInAttempt.key());
    }

    /** What was used first is about what is over first. */
    private void forgetBefore(Instant now) {
        Iterator<Use> oldest = uses.values().iterator();
        while (oldest.hasNext() && oldest.next().keptUntil.isBefore(now)) {
            oldest.remove();
        }
    }
}
