package io.tollgate.sink.migration;

import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions of one schema: which there are, which the database has, and the way to the newest. Flyway does the work. */
public final class Migrations {
    private static final Logger log = LoggerFactory.getLogger(Migrations.class);
    static final String HISTORY = "flyway_schema_history";

    private final DataSource database;
    private final String schema;

    public Migrations(DataSource database, String schema) {
        this.database = database;
        this.schema = schema;
    }

    /**
     * Brings the schema up to date, making it where it is missing. Safe with several services at once.
     *
     * @return how many versions it has moved on
     */
    public int migrate() {
        return migrate(configuration());
    }

    int migrateTo(int version) {
        return migrate(configuration().target(Integer.toString(version)));
    }

    private int migrate(FluentConfiguration configuration) {
        MigrateResult result = configuration.load().migrate();
        if (result.migrationsExecuted > 0) {
            log.info("schema {} is now at version {}", schema, result.targetSchemaVersion);
        }
        return result.migrationsExecuted;
    }

    /** All versions that this program or the database knows, in order. Changes nothing. */
    public List<Version> list() {
        return Arrays.stream(configuration().load().info().all())
                .filter(info -> info.getVersion() != null)
                .map(Migrations::version)
                .toList();
    }

    /**
     * A program must not write into a schema that is older than itself. A newer one is well: what is added to a schema leaves
     * what is there as it was.
     *
     * @throws SchemaException if the schema is not there or is older
     */
    public void requireCurrent() {
        List<Version> versions = list();
        if (versions.stream().anyMatch(Version::isPending)) {
            throw new SchemaException("the schema " + schema + " is at version " + current(versions)
                    + " and this program needs version " + newest(versions)
                    + ". Bring it up to date by ./tollgate db migrate, as the role that owns it, or let the sink do so at"
                    + " its start: DB_AUTO_MIGRATE=true");
        }
    }

    /** The version that the database has; 0 where it has none. */
    public static int current(List<Version> versions) {
        return versions.stream()
                .filter(Version::isThere)
                .mapToInt(Version::number)
                .max()
                .orElse(0);
    }

    private static int newest(List<Version> versions) {
        return versions.stream().mapToInt(Version::number).max().orElse(0);
    }

    private static Version version(MigrationInfo info) {
        Date installed = info.getInstalledOn();
        return new Version(
                Integer.parseInt(info.getVersion().getVersion()),
                info.getDescription(),
                state(info.getState()),
                installed == null ? null : installed.toInstant(),
                orNull(info.getInstalledBy()));
    }

    private static String state(MigrationState state) {
        return switch (state) {
            case SUCCESS, OUT_OF_ORDER -> Version.APPLIED;
            case PENDING -> Version.PENDING;
            case FUTURE_SUCCESS, MISSING_SUCCESS -> Version.UNKNOWN;
            default -> state.getDisplayName().toLowerCase(Locale.ROOT);
        };
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    FluentConfiguration configuration() {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .schemas(schema)
                .defaultSchema(schema)
                .table(HISTORY)
                .createSchemas(true)
                .locations("classpath:db/migration");
    }
}
