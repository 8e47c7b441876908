package io.tollgate.standalone.db;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.embedded.EmbeddedPostgres;
import io.tollgate.schemas.database.DatabaseUrl;
import io.tollgate.schemas.database.RootMessage;
import io.tollgate.sink.database.Database;
import io.tollgate.sink.database.DatabaseSettings;
import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.UnreachableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which database, as whom. A password is taken where no list of processes shows it. */
final class DatabaseOptions {
    private static final String APPLICATION = "tollgate db";
    /** One of ours that holds a lock, and those that Flyway works with meanwhile. */
    private static final int CONNECTIONS = 5;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "jdbc:postgresql://host/db or postgresql://user@host/db (default: the server of --data; else"
                    + " TOLLGATE_POSTGRES or DATABASE_URL; else the server that 'tollgate up' runs).")
    private @Nullable String url;

    @Option(
            names = "--user",
            paramLabel = "ROLE",
            description =
                    "The role that owns the tables (default: TOLLGATE_POSTGRES_USER, else the URL's). Its password is"
                            + " TOLLGATE_POSTGRES_PASSWORD or PGPASSWORD, else the URL's.")
    private @Nullable String user;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder of a 'tollgate up' that runs.")
    private @Nullable Path data;

    @Option(names = "--json", description = "Says it for programs.")
    private boolean json;

    @Mixin
    private SchemaOption schema = new SchemaOption();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** What a command does with the database. */
    @FunctionalInterface
    interface Work {
        int with(HikariDataSource database, String schema) throws SQLException, IOException;
    }

    /** The work's exit code. */
    int run(Work work) throws SQLException, IOException {
        try (HikariDataSource database = Database.pool(settings())) {
            try (Connection connection = database.getConnection()) {
                connection.rollback();
            } catch (SQLException e) {
                // The query may hold a password.
                String where = database.getJdbcUrl().replaceFirst("\\?.*", "");
                throw new UnreachableException("PostgreSQL can't be asked at " + where + ": " + RootMessage.of(e));
            }
            return work.with(database, schema.name());
        }
    }

    /** Says it to programs, or to people. */
    void show(Object answer, Consumer<PrintWriter> print) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(HttpApi.MAPPER.valueToTree(answer).toPrettyString());
        } else {
            print.accept(out);
        }
        out.flush();
    }

    private DatabaseSettings settings() throws IOException {
        String given = url != null ? url : data != null ? null : Environment.first("TOLLGATE_POSTGRES", "DATABASE_URL");
        if (given == null) {
            EmbeddedPostgres.Address running = embedded();
            return settings(running.jdbcUrl(), running.user(), running.password());
        }
        try {
            DatabaseUrl.parse(given);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), Objects.requireNonNull(e.getMessage()), e);
        }
        return settings(
                given,
                user == null ? Environment.first("TOLLGATE_POSTGRES_USER") : user,
                Environment.first("TOLLGATE_POSTGRES_PASSWORD", "PGPASSWORD"));
    }

    private DatabaseSettings settings(String url, @Nullable String user, @Nullable String password) {
        return new DatabaseSettings(url, user, password, schema.name(), APPLICATION, CONNECTIONS);
    }

    private EmbeddedPostgres.Address embedded() throws IOException {
        Path home = Path.of(System.getProperty("tollgate.home", ""));
        Path folder = (data == null ? home.resolve(".tollgate") : data)
                .toAbsolutePath()
                .normalize();
        return EmbeddedPostgres.running(folder.resolve("postgres"))
                .orElseThrow(() -> new UnreachableException("no PostgreSQL runs in " + folder
                        + ". Start ./tollgate up, or name a database with --url or DATABASE_URL."));
    }
}
