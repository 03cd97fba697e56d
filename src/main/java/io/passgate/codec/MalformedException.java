package io.passgate.codec;

import io.passgate.model.Reason;
import java.io.Serial;
import java.util.EnumMap;
import java.util.Map;

/**
 * Ends the decoding of one payload from any depth. Stackless, made once per reason, and caught by the decoder of each
 * format.
 */
public final class MalformedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private static final Map<Reason, MalformedException> ALL = new EnumMap<>(Reason.class);

    static {
        for (Reason reason : Reason.values()) {
            ALL.put(reason, new MalformedException(reason));
        }
    }

    private final Reason reason;

    private MalformedException(Reason reason) {
        super(reason.code(), null, false, false);
        this.reason = reason;
    }

    /**
     * {@return the one exception of a reason}
     *
     * @param reason what is wrong with the payload
     */
    public static MalformedException of(Reason reason) {
        MalformedException exception = ALL.get(reason);
        if (exception == null) {
            throw new AssertionError("every reason has its exception");
        }
        return exception;
    }

    /** {@return what is wrong with the payload} */
    public Reason reason() {
        return reason;
    }
}
