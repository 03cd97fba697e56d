package io.passgate.holdertag;

import io.passgate.model.Unavailable;
import java.time.LocalDate;

/** The key of each day's holder tags, the same at every gateway. For threads that may wait. */
public interface TagKeys {

    /**
     * The key of a day in Asia/Seoul, made where there is none yet.
     *
     * @throws Unavailable if it cannot be told
     */
    TagKey of(LocalDate day);
}
