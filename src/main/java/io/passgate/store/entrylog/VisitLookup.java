package io.passgate.store.entrylog;

import io.passgate.checkin.CheckInAttempt;
import io.passgate.checkin.OneTimeUse.Answer;
import io.passgate.checkin.OneTimeUse.Memory;
import io.passgate.checkin.OneTimeUse.Use;
import io.passgate.checkin.Visit;
import io.passgate.model.OpaqueId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Merges what the entry log says of used passes into what Redis says. Any thread. */
final class VisitLookup {
    private final VisitTable table;

    VisitLookup(VisitTable table) {
        this.table = table;
    }

    /**
     * The entry log's answers where it has one, and {@code otherwise} the answers for the rest of the showings.
     *
     * @param doubtful what is looked up
     */
    Future<List<Use>> first(
            List<CheckInAttempt> showings,
            List<Visit> doubtful,
            Function<List<CheckInAttempt>, Future<List<Use>>> otherwise) {
        return table.users(doubtful).compose(users -> {
            List<CheckInAttempt> unused = showings.stream()
                    .filter(checkInAttempt -> answer(checkInAttempt, users) == Answer.UNKNOWN)
                    .toList();
            return (unused.isEmpty() ? Future.succeededFuture(List.<Use>of()) : otherwise.apply(unused))
                    .map(uses -> merged(showings, users, uses.iterator()));
        });
    }

    private static List<Use> merged(
            List<CheckInAttempt> showings, Map<OpaqueId, Set<OpaqueId>> users, Iterator<Use> rest) {
        return showings.stream()
                .map(checkInAttempt -> {
                    Answer known = answer(checkInAttempt, users);
                    return known == Answer.UNKNOWN ? rest.next() : new Use(known, Memory.FALLBACK);
                })
                .toList();
    }

    /** The same with what the entry log says of passes that Redis may have forgotten. */
    Future<List<Use>> completed(List<CheckInAttempt> showings, List<Use> uses) {
        List<Visit> doubtful = new ArrayList<>();
        for (int i = 0; i < uses.size(); i++) {
            if (uses.get(i).answer() == Answer.UNKNOWN) {
                doubtful.add(showings.get(i).visit());
            }
        }
        if (doubtful.isEmpty()) {
            return Future.succeededFuture(uses);
        }
        return table.users(doubtful).otherwise(Map.of()).map(users -> {
            List<Use> all = new ArrayList<>(uses);
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).answer() == Answer.UNKNOWN) {
                    all.set(i, new Use(answer(showings.get(i), users), Memory.FALLBACK));
                }
            }
            return all;
        });
    }

    private static Answer answer(CheckInAttempt checkInAttempt, Map<OpaqueId, Set<OpaqueId>> users) {
        Set<OpaqueId> known = users.getOrDefault(checkInAttempt.key(), Set.of());
        if (known.isEmpty()) {
            return Answer.UNKNOWN;
        }
        return known.contains(checkInAttempt.visit().id()) ? Answer.AGAIN : Answer.USED;
    }
}
