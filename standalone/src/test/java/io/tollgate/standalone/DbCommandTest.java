package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.standalone.FakeGateway.Said;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tollgate db} says without a database; {@link UpIT} has one. */
class DbCommandTest {
    @Test
    void grantsNeedNoDatabaseAndNameTheRolesThatWereAskedFor() {
        Said said = FakeGateway.execute(
                "db", "grants", "--schema", "books", "--sink-role", "writer", "--api-role", "my reader");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out())
                .contains("GRANT INSERT ON \"books\".cost_calculations, \"books\".audit_logs TO \"writer\";")
                .contains("GRANT USAGE ON SCHEMA \"books\" TO \"my reader\";")
                .doesNotContain("${");
        assertThat(FakeGateway.execute("db", "grants").out()).contains("ON SCHEMA \"tollgate\" TO \"tollgate_api\"");
    }

    @Test
    void whereNoDatabaseAnswersItExitsWith3AndNamesAWayOut(@TempDir Path empty) {
        Said none = FakeGateway.execute("db", "status", "--data", empty.toString());
        assertThat(none.code()).isEqualTo(3);
        assertThat(none.err()).contains("no PostgreSQL runs in " + empty, "./tollgate up", "DATABASE_URL");

        Said closed = FakeGateway.execute("db", "migrate", "--url", "postgresql://me:secret@127.0.0.1:1/db");
        assertThat(closed.code()).isEqualTo(3);
        assertThat(closed.err())
                .contains("PostgreSQL can't be asked at jdbc:postgresql://127.0.0.1:1/db")
                .doesNotContain("secret");
        assertThat(FakeGateway.execute(
                                "db", "status", "--url", "jdbc:postgresql://127.0.0.1:1/db?user=me&password=secret")
                        .err())
                .doesNotContain("secret");
    }

    @Test
    void wrongArgumentsExitWith2() {
        assertThat(FakeGateway.execute("db").code()).isEqualTo(2);
        assertThat(FakeGateway.execute("db", "status", "--schema", "No; DROP").err())
                .contains("a schema is a lower-case name");
        assertThat(FakeGateway.execute("db", "status", "--url", "mysql://x").code())
                .isEqualTo(2);
        Said kept = FakeGateway.execute("db", "cleanup", "--url", "postgresql://x/y", "--intraday-kept", "5d");
        assertThat(kept.code()).isEqualTo(2);
        assertThat(kept.err()).contains("tollgate.intraday-kept must be 120 days or more");
        assertThat(FakeGateway.execute("db", "rollback", "--help").out()).contains("--to", "--yes", "--force");
    }
}
