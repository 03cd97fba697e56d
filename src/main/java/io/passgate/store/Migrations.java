package io.passgate.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings the schema to what this version needs. Every migration only adds or loosens, so that the version before goes on
 * beside this one; a schema that is newer than this version is left as it is.
 */
public final class Migrations {
    private Migrations() {}

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
