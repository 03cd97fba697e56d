package io.passgate.store;

import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorCode;
import org.flywaydb.core.api.FlywayException;

/**
 * Why the schema could not be migrated, and what to do: by SQLSTATE and migration, never in the server's own words.
 *
 * @param at the migration that it failed at, such as {@code V6}
 * @param changed the migration that is not the one that was applied
 */
record MigrationFault(
        DatabaseSettings database,
        ErrorCode code,
        Optional<String> sqlState,
        Optional<String> at,
        Optional<String> changed) {
    private static final Set<String> NOT_LET_IN = Set.of("28000", "28P01");
    private static final String NO_DATABASE = "3D000";
    private static final String NO_PERMISSION = "42501";
    private static final String READ_ONLY = "25006";
    private static final String TOO_MANY_CONNECTIONS = "53300";

    /** Of connections, resources, whoever runs the server, and what waits for others. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "55", "57", "58");

    static boolean isOfAnotherFile(ErrorCode code) {
        return code == CoreErrorCode.CHECKSUM_MISMATCH
                || code == CoreErrorCode.DESCRIPTION_MISMATCH
                || code == CoreErrorCode.TYPE_MISMATCH;
    }

    /** Whether it failed before anything could be asked: asking again only takes as long. */
    static boolean isOfConnecting(String sqlState) {
        return NOT_LET_IN.contains(sqlState)
                || sqlState.equals(NO_DATABASE)
                || sqlState.equals(TOO_MANY_CONNECTIONS)
                || sqlState.startsWith("08")
                || sqlState.startsWith("57P");
    }

    /** Whether it may be otherwise in a while, without anybody's changing the schema or the configuration. */
    boolean isPassing() {
        return sqlState.isPresent()
                ? sqlState.filter(READ_ONLY::equals).isPresent()
                        || PASSING_CLASSES.contains(sqlState.get().substring(0, 2))
                : code != CoreErrorCode.VALIDATE_ERROR
                        && code != CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE;
    }

    /** Names the key where the configuration is wrong, and is a {@link StoreException} otherwise. */
    RuntimeException exception(FlywayException failed) {
        if (sqlState.filter(NOT_LET_IN::contains).isPresent()) {
            return new IllegalArgumentException(
                    "database.passwordFile: PostgreSQL does not let the user " + database.user() + " into " + database
                            + " with the password of this file" + stated(),
                    failed);
        }
        if (sqlState.filter(NO_DATABASE::equals).isPresent()) {
            return new IllegalArgumentException(
                    "database.uri: there is no database " + database + stated() + "; make it (CREATE DATABASE), with "
                            + database.user() + " as its owner",
                    failed);
        }
        return new StoreException(sentence(), failed);
    }

    private String stated() {
        return sqlState.map(state -> " (SQLSTATE " + state + ")").orElse("");
    }

    /** For people. */
    String sentence() {
        return "the schema in " + database + " could not be migrated"
                + at.map(version -> ", at " + version).orElse("") + stated() + ": " + why();
    }

    private String why() {
        if (changed.isPresent()) {
            return changed.get() + " was applied from another file than this version's;"
                    + " take a release with the file that was applied, and never edit one";
        }
        if (code == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
            return "it holds tables that are not Passgate's; give Passgate a database of its own";
        }
        return sqlState.map(this::why)
                .orElse("PostgreSQL did not say why; look into its log, and whether another gateway is migrating");
    }

    private String why(String state) {
        return switch (state) {
            case NO_PERMISSION ->
                "the user " + database.user() + " may not make tables; make it the owner of the database,"
                        + " or GRANT CREATE ON SCHEMA public, or have the tables' owner migrate";
            case READ_ONLY -> "PostgreSQL is read-only, or a standby; let database.uri name the primary";
            case TOO_MANY_CONNECTIONS -> "there are too many connections; raise max_connections, or try again";
            default ->
                state.startsWith("08")
                        ? "PostgreSQL is out of reach; look at database.uri, and whether the server runs"
                        : isPassing()
                                ? "PostgreSQL cannot do it now; try again"
                                : "PostgreSQL refused it; its log says more";
        };
    }
}
