package io.passgate.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings the schema to what this version needs. Every migration only adds or loosens, so that the version before goes
 * on beside this one; a schema that is newer than this version is left as it is.
 */
public final class Migrations {
    private static final Logger LOG = System.getLogger(Migrations.class.getName());

    private Migrations() {}

    /** As {@link #migrate}; where PostgreSQL is out of reach a gateway starts all the same, and the log says so. */
    public static void migrateIfThere(DatabaseSettings database) {
        try {
            int steps = migrate(database);
            LOG.log(Level.INFO, "the schema in {0} took {1} migrations", database, steps);
        } catch (StoreException failed) {
            LOG.log(Level.WARNING, "{0}", failed.getMessage());
        }
    }

    /**
     * Migrates, and returns how many steps that took. Several gateways may do so at once: one waits for the other.
     *
     * @throws StoreException if PostgreSQL is out of reach or the schema is not ours
     */
    public static int migrate(DatabaseSettings database) {
        try {
            MigrateResult result = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(database.jdbcUrl(), database.user(), database.password())
                    .locations("classpath:db/migration")
                    .ignoreMigrationPatterns("*:future")
                    .connectRetries(0)
                    .load()
                    .migrate();
            return result.migrationsExecuted;
        } catch (FlywayException failed) {
            throw new StoreException("the schema in " + database + " could not be migrated", failed);
        }
    }
}
