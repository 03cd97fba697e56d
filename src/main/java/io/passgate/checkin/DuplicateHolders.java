package io.passgate.checkin;

import io.passgate.model.OpaqueId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/** Where it is remembered for seconds that a holder was seen, by the day's name alone. */
public interface DuplicateHolders {

    /**
     * That a holder is seen.
     *
     * @param name the day's name of the holder
     * @param visit at which the holder is seen
     */
    record Mark(OpaqueId name, Visit visit) {
        /** Nothing of it. */
        @Override
        public String toString() {
            return "Mark[…]";
        }
    }

    /**
     * Remembers holders. The same request asked again is told the same.
     *
     * @param marks those of one request
     * @return of each in what its holder had been seen elsewhere just before; the future never fails, and where nobody
     *     remembers, nobody was seen
     */
    Future<List<Set<Duplicate>>> mark(List<Mark> marks);

    /** Remembers nobody. */
    DuplicateHolders NONE = marks -> Future.succeededFuture(
            marks.stream().map(mark -> Set.<Duplicate>of()).toList());
}
