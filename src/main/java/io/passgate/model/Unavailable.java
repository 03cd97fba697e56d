package io.passgate.model;

/** Nothing can be issued now, for no fault of who asks. */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Has no stack trace: it says nothing of the code.
     *
     * @param why for people who run the gateway, and for the answer; nothing of a request
     */
    public Unavailable(String why) {
        super(why, null, false, false);
    }

    /** {@return what was said at its making, never null} */
    public String why() {
        return String.valueOf(getMessage());
    }
}
