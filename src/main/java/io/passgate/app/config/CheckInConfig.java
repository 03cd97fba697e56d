package io.passgate.app.config;

import static io.passgate.app.config.Range.check;

import io.passgate.store.audit.AuditKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What doors are kept by: passes, check-ins, the entry log and the audit. */
public final class CheckInConfig {
    private CheckInConfig() {}

    /**
     * Health certificates.
     *
     * @param earlyTolerance how long before its issue one is accepted, up to a minute
     */
    public record Certificates(Duration earlyTolerance) {
        /**
         * Holds the key to its range.
         *
         * @throws IllegalArgumentException that names the key if it is out of range
         */
        public Certificates {
            check("earlyTolerance", earlyTolerance, Duration.ZERO, Range.MINUTE);
        }
    }

    /**
     * Entry passes, beyond the 15 s that one lives.
     *
     * @param earlyTolerance how long before its issue one is accepted, up to a minute
     * @param lateTolerance how long after its end one is accepted, up to a minute
     */
    public record Passes(Duration earlyTolerance, Duration lateTolerance) {
        /**
         * Holds each key to its range.
         *
         * @throws IllegalArgumentException that names the first key out of range
         */
        public Passes {
            check("earlyTolerance", earlyTolerance, Duration.ZERO, Range.MINUTE);
            check("lateTolerance", lateTolerance, Duration.ZERO, Range.MINUTE);
        }
    }

    /**
     * Check-ins at doors.
     *
     * @param policy by which they are judged where the request names none; empty: by none
     * @param shownBy the policy that says whether a vaccination is complete; empty: nothing says it
     * @param maxPending check-ins that may wait for Redis or PostgreSQL
     * @param providerWindow within which a holder seen at two providers is told; zero: never
     * @param facilityWindow within which a holder seen at two facilities is told; zero: never
     * @param refuseDuplicates whether such a holder is refused
     */
    public record CheckIns(
            String policy,
            String shownBy,
            int maxPending,
            Duration providerWindow,
            Duration facilityWindow,
            boolean refuseDuplicates) {
        /**
         * Holds each key to its range.
         *
         * @throws IllegalArgumentException that names the first key out of range
         */
        public CheckIns {
            check("providerWindow", providerWindow, Duration.ZERO, Range.TEN_MINUTES);
            check("facilityWindow", facilityWindow, Duration.ZERO, Range.TEN_MINUTES);
        }

        /** {@return the policy where a request names none, if any} */
        public Optional<String> usualPolicy() {
            return NamedFile.text(policy);
        }

        /** {@return the policy that says whether a vaccination is complete, if any} */
        public Optional<String> showingPolicy() {
            return NamedFile.text(shownBy);
        }
    }

    /**
     * The entry log: who was where, without who.
     *
     * @param durability {@code usual} or {@code strict}
     * @param connections to PostgreSQL for it, 2 to 1,000
     * @param spoolFile a file of this gateway that takes entries while neither store does; empty: none is kept
     * @param spoolBytes how large it may grow, up to 1 GiB
     */
    public record EntryLog(String durability, int connections, String spoolFile, long spoolBytes) {
        /**
         * Holds each key to its range.
         *
         * @throws IllegalArgumentException that names the first key that is wrong
         */
        public EntryLog {
            if (!durability.equals("usual") && !durability.equals("strict")) {
                throw new IllegalArgumentException("durability: is none of usual, strict");
            }
            check("connections", connections, 2, 1_000);
            check("spoolBytes", spoolBytes, 1, 1L << 30);
        }

        boolean isStrict() {
            return durability.equals("strict");
        }
    }

    /**
     * The audit.
     *
     * @param keyFile a file with the key of its MACs in Base64; empty: nothing is audited
     * @param headFile a file that takes a line every hour that says where the audit ends; empty: there is none
     */
    public record Audit(String keyFile, String headFile) {
        /**
         * Holds the keys to each other.
         *
         * @throws IllegalArgumentException if there is a file for heads, and nothing that makes them
         */
        public Audit {
            if (keyFile.isEmpty() && !headFile.isEmpty()) {
                throw new IllegalArgumentException("headFile: is set, though there is no audit.keyFile");
            }
        }

        /**
         * {@return the key of the audit, if one is configured}
         *
         * @param relativeTo the folder that relative paths of the configuration start from
         * @throws IllegalArgumentException that names the file, never what is in it
         */
        public Optional<AuditKey> key(Path relativeTo) {
            return NamedFile.path(keyFile, relativeTo).map(file -> NamedFile.key("audit.keyFile", file, AuditKey::new));
        }

        /**
         * {@return where the audit's head is written every hour, if anywhere}
         *
         * @param relativeTo the folder that relative paths of the configuration start from
         */
        public Optional<Path> heads(Path relativeTo) {
            return NamedFile.path(headFile, relativeTo);
        }
    }
}
