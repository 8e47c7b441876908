package io.tollgate.schemas.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class RootMessageTest {
    @Test
    void whatTheServerSaidCountsAndNotThePoolThatGaveUp() {
        SQLException server = new SQLException("FATAL: password authentication failed for user \"books\"", "28P01");
        Exception pool = new SQLTransientConnectionException("billing-sink - Connection is not available", "", server);

        assertThat(RootMessage.of(new IllegalStateException("Unable to obtain connection", pool)))
                .isEqualTo("FATAL: password authentication failed for user \"books\"");
    }

    @Test
    void aSocketsOwnWordsDoNotHideWhoWasCalled() {
        SQLException driver = new SQLException("Connection to 127.0.0.1:1 refused.", new IOException("refused"));

        assertThat(RootMessage.of(driver)).isEqualTo("Connection to 127.0.0.1:1 refused.");
    }

    @Test
    void elseItIsTheFailuresOwnMessage() {
        assertThat(RootMessage.of(new IllegalStateException("the registry is away", new IOException("refused"))))
                .isEqualTo("the registry is away");
        assertThat(RootMessage.of(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void itIsOneLine() {
        assertThat(RootMessage.of(new SQLException("ERROR: timeout\n  Where: while locking\n")))
                .isEqualTo("ERROR: timeout Where: while locking");
    }
}
