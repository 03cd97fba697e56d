package io.passgate.model;

/** What the gateway says about one payload. Each payload of a request gets exactly one. */
public sealed interface Verdict {

    /**
     * Decoding, trust, signature and policy all held at the instant the request arrived, and will for a while.
     *
     * @param validUntilEpochSecond until when they will, in seconds since 1970
     */
    record Accepted(long validUntilEpochSecond) implements Verdict {}

    /**
     * The payload is at fault; sending it again cannot help.
     *
     * @param reason of the culprit {@link Reason.Culprit#PAYLOAD}
     */
    record Refused(Reason reason) implements Verdict {
        /**
         * Holds the reason to its culprit.
         *
         * @throws IllegalArgumentException if the reason is a fault of the gateway
         */
        public Refused {
            require(reason, Reason.Culprit.PAYLOAD);
        }
    }

    /**
     * We could not tell: what we needed was out of reach or stale. Never shown as a fault of the holder.
     *
     * @param reason of the culprit {@link Reason.Culprit#GATEWAY}
     */
    record Indeterminate(Reason reason) implements Verdict {
        /**
         * Holds the reason to its culprit.
         *
         * @throws IllegalArgumentException if the reason is a fault of the payload
         */
        public Indeterminate {
            require(reason, Reason.Culprit.GATEWAY);
        }
    }

    private static void require(Reason reason, Reason.Culprit culprit) {
        if (reason.culprit() != culprit) {
            throw new IllegalArgumentException(reason + " is a fault of the " + reason.culprit());
        }
    }
}
