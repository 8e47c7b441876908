package io.tollgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.security.auth.module.UnixSystem;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedPostgresIT {
    /** One for all that need no new cluster: {@code initdb} takes most of a test's time. */
    private final Path folder;

    EmbeddedPostgresIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void itIsDurableAndTheUserIsNoSuperuser() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
                assertThat(query(postgres, "SHOW " + setting)).as(setting).isEqualTo("on");
            }
            assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            // Shown to superusers only.
            try (Connection admin = DriverManager.getConnection(postgres.jdbcUrl(), "postgres", postgres.password());
                    Statement sql = admin.createStatement();
                    ResultSet rows = sql.executeQuery("SHOW unix_socket_directories")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEmpty();
            }
            assertThat(query(postgres, "SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("false");
            assertThat(query(postgres, "SELECT current_database()")).isEqualTo("tollgate");
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndTheRightOneIsReadableByTheOwnerAlone() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            for (String user : List.of(postgres.user(), "postgres")) {
                assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), user, "wrong"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password authentication failed");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatWasCommittedSurvivesACrashAndOpenTransactionsDoNot() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            execute(postgres, "CREATE TABLE crash (n int)");
            execute(postgres, "INSERT INTO crash VALUES (1)");
            try (Connection open = postgres.connect();
                    Statement sql = open.createStatement()) {
                open.setAutoCommit(false);
                sql.execute("INSERT INTO crash VALUES (2)");
                int port = postgres.port();

                postgres.kill();
                assertThat(FreePorts.isBusy(port)).isFalse();
                assertThatThrownBy(postgres::connect).isInstanceOf(SQLException.class);
                postgres.restart();

                assertThat(postgres.port()).isEqualTo(port);
                assertThatThrownBy(open::commit).isInstanceOf(SQLException.class);
            }
            assertThat(query(postgres, "SELECT string_agg(n::text, ',') FROM crash"))
                    .isEqualTo("1");
            assertThat(postgres.onExit())
                    .as("a kill that was asked for is no surprise")
                    .isNotDone();
        }
    }

    @Test
    void aSecondStartOfTheFolderKeepsDataPasswordAndDatabase() throws SQLException {
        String password;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            password = postgres.password();
            execute(postgres, "CREATE TABLE kept AS SELECT 7 AS n");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThat(postgres.password()).isEqualTo(password);
            assertThat(query(postgres, "SELECT n::text FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void aDeathThatNobodyAskedForIsNoticed() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();

            assertThat(postgres.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(128 + 9);

            // Its backends may still be on their way out.
            postgres.restart();
            assertThat(query(postgres, "SELECT 1::text")).isEqualTo("1");
        }
    }

    @Test
    void aPidFileThatNamesAStrangerStopsNothingAndNobody() throws Exception {
        EmbeddedPostgres first = EmbeddedPostgres.start(folder);
        execute(first, "CREATE TABLE stranger AS SELECT 7 AS n");
        Path pidFile = folder.resolve("data/postmaster.pid");
        String content = Files.readString(pidFile);
        String ours = Long.toString(first.pid());
        first.kill();
        first.close();
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(pidFile, content.replaceFirst(ours, Long.toString(stranger.pid())));

            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
                assertThat(query(postgres, "SELECT n::text FROM stranger")).isEqualTo("7");
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void aSecondStartWhileTheFirstRunsIsRefusedAndDoesItNoHarm() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
            EmbeddedPostgres.stopOrphan(folder);
            assertThat(postgres.onExit()).isNotDone();
            assertThat(query(postgres, "SELECT 1::text")).isEqualTo("1");
        }
    }

    @Test
    void aBusyPortIsNamed() throws Exception {
        try (ServerSocketChannel taken = FreePorts.listen(0)) {
            int port = taken.socket().getLocalPort();
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder, port))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("port " + port);
        }
    }

    @Test
    void withoutUserNamespacesRootRunsItAsNobody(@TempDir Path own) throws Exception {
        assumeThat(new UnixSystem().getUid()).as("only root needs it").isZero();
        Path entered = Files.createDirectories(own.resolve("for-all"));
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(entered, 0, PostgresAccount.NOBODY)) {
            assertThat(Files.getAttribute(Path.of("/proc", Long.toString(postgres.pid())), "unix:uid"))
                    .isEqualTo(65534);
            assertThat(query(postgres, "SELECT 1::text")).isEqualTo("1");
        }
    }

    @Test
    void aFolderThatNobodyCanReachIsExplained(@TempDir Path own) throws Exception {
        assumeThat(new UnixSystem().getUid()).as("only root needs it").isZero();
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> EmbeddedPostgres.start(own.resolve("inside"), 0, PostgresAccount.NOBODY))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("can't reach");
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
