package io.passgate.format;

import io.passgate.model.Credential;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import java.util.Optional;

/** What became of one payload's bytes. */
public sealed interface Decoded {

    /** The payload is well formed; nothing is said about its signature yet. */
    record Well(Credential credential) implements Decoded {}

    /**
     * The payload is not what it would have to be.
     *
     * @param format as far as it was recognised
     */
    record Malformed(Reason reason, Optional<FormatId> format) implements Decoded {}
}
