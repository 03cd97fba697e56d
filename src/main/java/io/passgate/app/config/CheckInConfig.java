package io.passgate.app.config;

import static io.passgate.app.config.Range.check;

import io.passgate.store.audit.AuditKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What doors are kept by: passes, check-ins, the entry log and the audit. */
public final class CheckInConfig {
    private CheckInConfig() {}

    /** Health certificates. */
    public record Certificates(Duration earlyTolerance) {
        /** @throws IllegalArgumentException that names the key if it is out of range */
        public Certificates {
            check("earlyTolerance", earlyTolerance, Duration.ZERO, Range.MINUTE);
        }
    }

    /** Entry passes. */
    public record Passes(Duration earlyTolerance, Duration lateTolerance) {
        /** @throws IllegalArgumentException that names the first key out of range */
        public Passes {
            check("earlyTolerance", earlyTolerance, Duration.ZERO, Range.MINUTE);
            check("lateTolerance", lateTolerance, Duration.ZERO, Range.MINUTE);
        }
    }

    /** Doors. */
    public record CheckIns(
            String policy,
            String shownBy,
            int maxPending,
            Duration providerWindow,
            Duration facilityWindow,
            boolean refuseDuplicates) {
        /** @throws IllegalArgumentException that names the first key out of range */
        public CheckIns {
            check("providerWindow", providerWindow, Duration.ZERO, Range.TEN_MINUTES);
            check("facilityWindow", facilityWindow, Duration.ZERO, Range.TEN_MINUTES);
        }

        /** The policy where a request names none, if any. */
        public Optional<String> usualPolicy() {
            return NamedFile.text(policy);
        }

        /** The policy by which a certificate is shown, if any. */
        public Optional<String> showingPolicy() {
            return NamedFile.text(shownBy);
        }
    }

    /** The entry log. */
    public record EntryLog(String durability, int connections, String spoolFile, long spoolBytes) {
        /** @throws IllegalArgumentException that names the first key that is wrong */
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

    /** The audit. */
    public record Audit(String keyFile, String headFile) {
        /** @throws IllegalArgumentException if there is a file for heads, and nothing that makes them */
        public Audit {
            if (keyFile.isEmpty() && !headFile.isEmpty()) {
                throw new IllegalArgumentException("headFile: is set, though there is no audit.keyFile");
            }
        }

        /**
         * The key of the audit, if one is configured.
         *
         * @throws IllegalArgumentException that names the file, never what is in it
         */
        public Optional<AuditKey> key(Path relativeTo) {
            return NamedFile.path(keyFile, relativeTo).map(file -> NamedFile.key("audit.keyFile", file, AuditKey::new));
        }

        /** Where the audit's head is written every hour, if anywhere. */
        public Optional<Path> heads(Path relativeTo) {
            return NamedFile.path(headFile, relativeTo);
        }
    }
}
