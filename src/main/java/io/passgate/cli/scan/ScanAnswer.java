package io.passgate.cli.scan;

import java.util.Optional;

/**
 * What became of one line.
 *
 * @param said what is printed for it
 * @param problem why the gateway refused to be asked, for whoever set the command up; empty where it did not
 */
record ScanAnswer(String said, Optional<String> problem) {
    /** Nobody knows: the same code may be shown again. */
    static final ScanAnswer RETRY = new ScanAnswer("retry", Optional.empty());

    static final ScanAnswer ACCEPTED = new ScanAnswer("accepted", Optional.empty());

    static ScanAnswer refused(String reason) {
        return new ScanAnswer("refused " + reason, Optional.empty());
    }

    /** It will be so with the next line as well, until somebody mends it. */
    static ScanAnswer unasked(String problem) {
        return new ScanAnswer("retry", Optional.of(problem));
    }
}
