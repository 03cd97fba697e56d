package io.passgate.store;

import io.passgate.logging.SqlState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * Brings the schema to what this version needs. Every migration only adds or loosens, so that the version before goes
 * on beside this one; a schema that is newer than this version is left as it is.
 */
public final class Migrations {
    private static final Logger LOG = System.getLogger(Migrations.class.getName());

    private final DatabaseSettings database;
    private final Flyway flyway;

    private Migrations(DatabaseSettings database) {
        this.database = database;
        flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .locations("classpath:db/migration")
                .ignoreMigrationPatterns("*:future")
                .connectRetries(0)
                .load();
    }

    /**
     * As {@link #migrate(DatabaseSettings)}; where PostgreSQL is out of reach, or takes no changes for now, a gateway
     * starts all the same, and the log says so.
     *
     * @param database whose user may change the schema
     * @return how many migrations were done; 0 also where none could be
     * @throws IllegalArgumentException if PostgreSQL refuses the configuration; it names the key
     * @throws StoreException if PostgreSQL refuses the migration
     */
    public static int migrateIfThere(DatabaseSettings database) {
        Migrations migrations = new Migrations(database);
        try {
            int steps = migrations.migrate();
            LOG.log(Level.INFO, "the schema in {0} took {1} migrations", database, steps);
            return steps;
        } catch (FlywayException failed) {
            MigrationFault fault = migrations.fault(failed);
            if (!fault.isPassing()) {
                throw fault.exception(failed);
            }
            LOG.log(Level.WARNING, "{0}", fault.sentence());
            return 0;
        }
    }

    /**
     * Migrates. Several gateways may do so at once: one waits for the other.
     *
     * @param database whose user may change the schema
     * @return how many migrations were done
     * @throws IllegalArgumentException if PostgreSQL refuses the configuration; it names the key
     * @throws StoreException if PostgreSQL is out of reach, or refuses the migration; it says why
     */
    public static int migrate(DatabaseSettings database) {
        Migrations migrations = new Migrations(database);
        try {
            return migrations.migrate();
        } catch (FlywayException failed) {
            throw migrations.fault(failed).exception(failed);
        }
    }

    private int migrate() {
        int steps = flyway.migrate().migrationsExecuted;
        Arrays.stream(flyway.info().applied())
                .filter(applied -> applied.getState() == MigrationState.FUTURE_SUCCESS)
                .reduce((earlier, later) -> later)
                .ifPresent(newer -> LOG.log(
                        Level.WARNING,
                        "the schema in {0} has {1}, which is newer than this version: it is left as it is",
                        database,
                        name(newer)));
        return steps;
    }

    private MigrationFault fault(FlywayException failed) {
        Optional<String> sqlState = SqlState.of(failed);
        boolean isValidated = failed.getErrorCode() == CoreErrorCode.VALIDATE_ERROR;
        Optional<String> changed = isValidated ? changed() : Optional.empty();
        boolean isReached = sqlState.filter(MigrationFault::isOfConnecting).isEmpty();
        Optional<String> at = isReached && !isValidated ? next() : changed;
        return new MigrationFault(database, failed.getErrorCode(), sqlState, at, changed);
    }

    /** The first migration that was applied as another than it is; empty where there is none, or nobody can tell. */
    private Optional<String> changed() {
        try {
            return flyway.validateWithResult().invalidMigrations.stream()
                    .filter(invalid -> invalid.version != null && !invalid.version.isEmpty())
                    .filter(invalid -> MigrationFault.isOfAnotherFile(invalid.errorDetails.errorCode))
                    .map(invalid -> "V" + invalid.version)
                    .findFirst();
        } catch (FlywayException unreachable) {
            return Optional.empty();
        }
    }

    /** The migration that is due: one that failed was rolled back. */
    private Optional<String> next() {
        try {
            return Arrays.stream(flyway.info().pending()).findFirst().map(Migrations::name);
        } catch (FlywayException unreachable) {
            return Optional.empty();
        }
    }

    private static String name(MigrationInfo migration) {
        return "V" + migration.getVersion();
    }
}
