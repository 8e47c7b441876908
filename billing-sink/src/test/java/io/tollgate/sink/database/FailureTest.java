package io.tollgate.sink.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {

    @ParameterizedTest
    @CsvSource({
        "08006, RETRY",
        "40001, RETRY",
        "40P01, RETRY",
        "53100, RETRY",
        "57P01, RETRY",
        "57P03, RETRY",
        "25006, RETRY",
        "55P03, RETRY",
        "42P01, RETRY",
        "28P01, RETRY",
        ", RETRY",
        "22021, ROW",
        "22P05, ROW",
        "22008, ROW",
        "23502, ROW",
        "54000, ROW"
    })
    void onlyBadDataIsARowsOwnFault(String state, Failure expected) {
        assertThat(Failure.of(new SQLException("any", state))).isEqualTo(expected);
    }
}
