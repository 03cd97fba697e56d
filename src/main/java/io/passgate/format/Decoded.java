package io.passgate.format;

import io.passgate.model.Credential;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import java.util.Optional;

/** What became of one payload's bytes. */
public sealed interface Decoded {

    /**
     * The payload is well formed; nothing is said about its signature yet.
     *
     * @param credential what it says
     */
    record Well(Credential credential) implements Decoded {}

    /**
     * The payload is not what it would have to be.
     *
     * @param reason what is wrong with it
     * @param format what it was recognised as, as far as that goes; empty where its prefix is unknown
     */
    record Malformed(Reason reason, Optional<FormatId> format) implements Decoded {}
}
