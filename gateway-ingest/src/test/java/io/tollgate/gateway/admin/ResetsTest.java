package io.tollgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Enforcement;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.ManualReset;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Scope;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResetsTest {
    private static final long NOW = Timestamps.parse("2026-11-21T10:00:00Z");
    private static final long HOUR = 3_600_000_000L;
    private static final Period DAY = new Period(PeriodKind.DAY, 0L, 0L);

    static {
        AvroGuards.set();
    }

    private final List<FieldError> errors = new ArrayList<>();

    @Test
    void withoutNamesItIsForEverybody() {
        assertThat(read("{\"reason\":\"twice\",\"company\":\"*\"}", quota("acme", "*", null)))
                .isEqualTo(new ManualReset(1, null, null, null, "twice", NOW));
        assertThat(read("{\"reason\":\"twice\",\"company\":\"acme\",\"user\":\"u\"}", quota("*", "*", null)))
                .isEqualTo(new ManualReset(1, "acme", "u", null, "twice", NOW));
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                            | /reason  | missing",
                "{\"reason\":\" \"}                            | /reason  | missing",
                "{\"reason\":\"r\",\"company\":\"globex\"}     | /company | invalid",
                "{\"reason\":\"r\",\"key\":\"key_a\"}          | /key     | invalid",
                "{\"reason\":\"r\",\"until\":\"x\"}            | /until   | unknown_member"
            })
    void onlyWhoIsCountedApartCanBeResetAlone(String body, String pointer, String code) {
        read(body, quota("acme", "*", null));
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo(pointer);
            assertThat(error.code()).isEqualTo(code);
        });
    }

    @Test
    void aCompanyThatIsNotThereIsNoted() {
        read("{\"reason\":\"r\",\"company\":\"nobody\"}", quota("*", null, null));
        assertThat(errors).extracting(FieldError::code).containsExactly("unknown_company");
    }

    @Test
    void whatNoWindowReachesIsForgottenAndNumbersOnlyRise() {
        Quota quota = quota("acme", null, null);
        quota.setResets(List.of(reset(4, NOW - 25 * HOUR), reset(5, NOW - 24 * HOUR), reset(6, NOW - HOUR)));

        List<ManualReset> after = Resets.with(quota, DAY, read("{\"reason\":\"r\"}", quota));

        assertThat(after).extracting(ManualReset::getNumber).containsExactly(5, 6, 7);
    }

    @Test
    void aThousandWithinAPeriodAreTheMost() {
        Quota quota = quota("acme", null, null);
        quota.setResets(IntStream.rangeClosed(1, 999)
                .mapToObj(i -> reset(i, NOW - HOUR))
                .toList());
        List<ManualReset> full = Resets.with(quota, DAY, reset(1000, NOW));
        assertThat(full).hasSize(1000);
        quota.setResets(full);
        assertThat(Resets.with(quota, DAY, reset(1001, NOW))).isNull();
    }

    private ManualReset read(String body, Quota quota) {
        return Resets.read(Worlds.fields(body, errors), quota, Worlds.ACME, NOW);
    }

    private static ManualReset reset(int number, long at) {
        return new ManualReset(number, null, null, null, "r", at);
    }

    private static Quota quota(String company, @Nullable String user, @Nullable String key) {
        return Quota.newBuilder()
                .setId("q")
                .setScope(new Scope(company, user, key, null, null))
                .setMetric("tokens")
                .setLimit(new ExactDecimal(1L, 0, null))
                .setPeriod(DAY)
                .setEnforcement(Enforcement.HARD)
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }
}
