package io.passgate.holdertag;

import io.passgate.model.Unavailable;
import java.time.LocalDate;

/** The key of each day's holder tags, the same at every gateway. For threads that may wait. */
public interface TagKeys {

    /**
     * {@return the key of a day, made where there is none yet}
     *
     * @param day in Asia/Seoul
     * @throws Unavailable if it cannot be told
     */
    TagKey of(LocalDate day);
}
