package io.passgate.store.entrylog;

import io.passgate.checkin.OneTimeUse.Answer;
import io.passgate.checkin.Showing;
import io.passgate.model.OpaqueId;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** What this gateway alone let in, for as long as it could be shown again. Any thread. */
final class LocalUses {
    private final int most;
    private final Map<OpaqueId, Use> uses = new LinkedHashMap<>();

    private record Use(OpaqueId entry, Instant keptUntil) {}

    LocalUses(int most) {
        this.most = most;
    }

    /** Uses it up, unless it has been; where there is no more room it is not used. */
    synchronized Answer use(Showing showing, Instant now) {
        forgetBefore(now);
        Use before = uses.get(showing.key());
        if (before != null) {
            return before.entry.equals(showing.entry().id()) ? Answer.AGAIN : Answer.USED;
        }
        if (uses.size() == most) {
            return Answer.NOT_LOGGED;
        }
        uses.put(showing.key(), new Use(showing.entry().id(), showing.keptUntil()));
        return Answer.FIRST;
    }

    /** Takes a use back that could not be written down. */
    synchronized void takeBack(Showing showing) {
        uses.remove(showing.key());
    }

    /** What was used first is about what is over first. */
    private void forgetBefore(Instant now) {
        Iterator<Use> oldest = uses.values().iterator();
        while (oldest.hasNext() && oldest.next().keptUntil.isBefore(now)) {
            oldest.remove();
        }
    }
}
