package io.tollgate.usageapi.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresUrlTest {

    @Test
    void aJdbcUrlIsTakenAsItIs() {
        assertThat(PostgresUrl.parse("jdbc:postgresql://db:5432/tollgate"))
                .isEqualTo(new PostgresUrl("jdbc:postgresql://db:5432/tollgate", null, null));
    }

    @Test
    void aDatabaseUrlIsTakenApart() {
        assertThat(PostgresUrl.parse("postgres://me:p%40ss+word@db:5433/books?sslmode=require"))
                .isEqualTo(new PostgresUrl("jdbc:postgresql://db:5433/books?sslmode=require", "me", "p@ss+word"));
        assertThat(PostgresUrl.parse("postgresql://db/books"))
                .isEqualTo(new PostgresUrl("jdbc:postgresql://db/books", null, null));
        assertThat(PostgresUrl.parse("postgresql://me@one:1,two:2/books").jdbc())
                .isEqualTo("jdbc:postgresql://one:1,two:2/books");
    }

    @Test
    void anotherDatabaseIsRefused() {
        assertThatThrownBy(() -> PostgresUrl.parse("mysql://db/books")).hasMessageContaining("jdbc:postgresql://");
    }
}
