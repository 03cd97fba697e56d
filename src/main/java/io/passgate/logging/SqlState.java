package io.passgate.logging;

import io.vertx.sqlclient.DatabaseException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SQLSTATE of what a database refused: five characters that say what kind of fault it is. The server's own message
 * may quote what was stored, and is never told.
 */
public final class SqlState {
    private static final Pattern FORM = Pattern.compile("[0-9A-Z]{5}");
    private static final int MOST_CAUSES = 16;

    private SqlState() {}

    /**
     * {@return the first one of a fault and its causes} Empty where a database had no part in it, or did not say.
     *
     * @param fault may be null, which has none
     */
    public static Optional<String> of(@Nullable Throwable fault) {
        Throwable cause = fault;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            Optional<String> own = ofOne(cause);
            if (own.isPresent()) {
                return own;
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static Optional<String> ofOne(Throwable fault) {
        return switch (fault) {
            case DatabaseException refused -> wellFormed(refused.getSqlState());
            case SQLException refused -> wellFormed(refused.getSQLState());
            default -> Optional.empty();
        };
    }

    private static Optional<String> wellFormed(@Nullable String state) {
        return Optional.ofNullable(state).filter(text -> FORM.matcher(text).matches());
    }

    /**
     * {@return a fault's class, with its SQLSTATE where it has one, such as {@code PgException, SQLSTATE 53300}}
     *
     * @param fault whose message is not told
     */
    public static String describe(Throwable fault) {
        String name = fault.getClass().getSimpleName();
        return of(fault).map(state -> name + ", SQLSTATE " + state).orElse(name);
    }

    /** What is told of this very fault behind its class; empty text where it has none. */
    static String suffix(Throwable fault) {
        return ofOne(fault).map(state -> " (SQLSTATE " + state + ")").orElse("");
    }
}
