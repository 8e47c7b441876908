package io.tollgate.quota;

import static io.tollgate.quota.Given.budget;
import static io.tollgate.quota.Given.exact;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Boost;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaStatus;
import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {
    @ParameterizedTest
    @CsvSource({
        "0, OK, 500",
        "399.99999999, OK, 100.00000001",
        "400, WARNING, 100",
        "500, WARNING, 0",
        "500.00000001, EXCEEDED, 0",
        "-3, OK, 503",
    })
    void statusAndWhatIsLeft(String used, QuotaStatus status, String remaining) {
        Standing standing = Standing.of(budget("month", "500").build(), Decimal.parse(used), 0);

        assertThat(standing.status()).isEqualTo(status);
        assertThat(standing.remaining()).isEqualTo(Decimal.parse(remaining));
    }

    @Test
    void withoutThresholdsNothingWarns() {
        Quota quota = budget("month", "500").setThresholds(List.of()).build();

        assertThat(Standing.of(quota, Decimal.of(500), 0).status()).isEqualTo(QuotaStatus.OK);
    }

    @Test
    void aBoostIsTheLimitUntilItsEndExclusive() {
        Quota quota =
                budget("month", "500").setBoost(new Boost(exact("900"), 10L)).build();

        assertThat(Standing.limit(quota, 9)).isEqualTo(Decimal.of(900));
        assertThat(Standing.limit(quota, 10)).isEqualTo(Decimal.of(500));
    }
}
