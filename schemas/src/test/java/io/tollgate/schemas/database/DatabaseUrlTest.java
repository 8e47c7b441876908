package io.tollgate.schemas.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void theParametersOfEncryptionReachTheDriver() {
        String tls =
                "sslmode=verify-full&sslrootcert=/etc/ca.pem&sslcert=/etc/c.pem&sslkey=/etc/k.p12&sslpassword=hush";

        assertThat(DatabaseUrl.parse("jdbc:postgresql://db/books?" + tls).jdbc())
                .isEqualTo("jdbc:postgresql://db/books?" + tls);
        assertThat(DatabaseUrl.parse("postgresql://me:secret@db/books?" + tls))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://db/books?" + tls, "me", "secret"));
    }

    @Test
    void whatLibpqSpellsInAnotherWayIsTranslated() {
        assertThat(DatabaseUrl.parse("postgresql://db/books?sslmode=require&channel_binding=require&connect_timeout=3")
                        .jdbc())
                .isEqualTo("jdbc:postgresql://db/books?sslmode=require&channelBinding=require&connectTimeout=3");
        assertThat(DatabaseUrl.parse("postgresql://db/books?sslmode=verify-full&sslrootcert=system")
                        .jdbc())
                .isEqualTo("jdbc:postgresql://db/books?sslmode=verify-full"
                        + "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    @Test
    void userAndPasswordAreNotLeftAmongTheParameters() {
        assertThat(DatabaseUrl.parse("jdbc:postgresql://db/books?user=me&ssl&password=s%40cr+t"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://db/books?ssl", "me", "s@cr+t"));
        assertThat(DatabaseUrl.parse("jdbc:postgresql://db/books?user=me"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://db/books", "me", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"currentSchema", "options", "socketFactory"})
    void whatTheServicesRestOnCantBeSet(String name) {
        assertThatThrownBy(() -> DatabaseUrl.parse("jdbc:postgresql://db/books?" + name + "=x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a database URL can't set " + name + ": ");
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
        assertThat(DatabaseUrl.parse("jdbc:postgresql://db/books?sslpassword=hush&user=me&password=secret"))
                .hasToString("jdbc:postgresql://db/books");
    }
}
