package io.tollgate.schemas.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DatabaseUrlTest {

    @Test
    void aJdbcUrlIsTakenAsItIs() {
        assertThat(DatabaseUrl.parse("jdbc:postgresql://a:5432,b:5432/db?targetServerType=primary"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://a:5432,b:5432/db?targetServerType=primary", null, null));
    }

    @Test
    void aPlatformsUrlIsTakenApart() {
        assertThat(DatabaseUrl.parse("postgresql://me:s%40cr%2Bt+%3A@db.example:6543/books?sslmode=require"))
                .isEqualTo(
                        new DatabaseUrl("jdbc:postgresql://db.example:6543/books?sslmode=require", "me", "s@cr+t+:"));
        assertThat(DatabaseUrl.parse("postgres://me@db/books"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://db/books", "me", null));
        assertThat(DatabaseUrl.parse("postgresql://me@one:1,two:2/books").jdbc())
                .isEqualTo("jdbc:postgresql://one:1,two:2/books");
        assertThat(DatabaseUrl.parse("postgresql://a:1,b:2/books"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://a:1,b:2/books", null, null));
    }

    @Test
    void anythingElseIsRefusedWithoutShowingThePassword() {
        assertThatThrownBy(() -> DatabaseUrl.parse("mysql://me:secret@db/books"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:postgresql:")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://me:sec ret@db/books"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("sec ret");
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql:///books")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(DatabaseUrl.parse("postgresql://me:secret@db/books").toString())
                .doesNotContain("secret");
    }
}
