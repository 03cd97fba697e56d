package io.passgate.demo.phone;

/** Why the page does not get what it asked for. It has no stack: it is an answer. */
final class PhoneFault extends Exception {
    private static final long serialVersionUID = 1;

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;
    private static final int USUAL_WAIT_SECONDS = 1;
    private static final int MOST_WAIT_SECONDS = 5;

    private final int status;
    private final String code;
    private final int retryAfterSeconds;

    private PhoneFault(int status, String code, int retryAfterSeconds) {
        super(code, null, false, false);
        this.status = status;
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** The gateway says no, for a reason that is the request's. */
    static PhoneFault refused(int status, String code) {
        return new PhoneFault(status, code, 0);
    }

    /** The request is none that the page makes. */
    static PhoneFault malformed() {
        return new PhoneFault(BAD_REQUEST, "malformed", 0);
    }

    /** The person is not known here, or no more. */
    static PhoneFault personUnknown() {
        return new PhoneFault(NOT_FOUND, "person-unknown", 0);
    }

    /** The person has consented to nothing at that provider. */
    static PhoneFault notConsented() {
        return new PhoneFault(NOT_FOUND, "consent-unknown", 0);
    }

    /** No dose can be given on that day. */
    static PhoneFault noSuchDose() {
        return new PhoneFault(CONFLICT, "no-such-dose", 0);
    }

    /** It is not known now, and that is nobody's fault who asks. */
    static PhoneFault tryAgain() {
        return tryAgain(USUAL_WAIT_SECONDS);
    }

    /** The same, with when the gateway wants to be asked again. */
    static PhoneFault tryAgain(int seconds) {
        return new PhoneFault(UNAVAILABLE, "try-again", Math.clamp(seconds, USUAL_WAIT_SECONDS, MOST_WAIT_SECONDS));
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** 0 where asking again is no use. */
    int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
