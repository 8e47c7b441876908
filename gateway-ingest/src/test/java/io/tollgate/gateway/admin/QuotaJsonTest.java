package io.tollgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Boost;
import io.tollgate.avro.Enforcement;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.ManualReset;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Scope;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaJsonTest {
    private static final long NOW = Timestamps.parse("2026-11-21T10:00:00Z");

    static {
        AvroGuards.set();
    }

    private final List<FieldError> errors = new ArrayList<>();

    @Test
    void aQuotaSaysEverything() {
        Quota quota = read("{\"scope\":{\"company\":\"acme\",\"user\":\"*\",\"key\":\"key_a\",\"provider\":\"openai\","
                + "\"model\":\"gpt-4o\"},\"metric\":\"cost\",\"limit\":\"500.25\",\"period\":\"week\","
                + "\"timezone\":\"Asia/Kathmandu\",\"currency\":\"GBP\",\"enforcement\":\"shadow\","
                + "\"thresholds\":[\"12.5\",80],\"boost\":{\"limit\":700,\"until\":\"2026-11-22T00:00:00Z\"}}");

        assertThat(errors).isEmpty();
        assertThat(quota)
                .isEqualTo(new Quota(
                        "q",
                        new Scope("acme", "*", "key_a", "openai", "gpt-4o"),
                        "cost",
                        "GBP",
                        new ExactDecimal(50025L, 2, null),
                        new Period(PeriodKind.WEEK, 0L, 0L),
                        "Asia/Kathmandu",
                        Enforcement.SHADOW,
                        List.of(new ExactDecimal(125L, 1, null), whole(80)),
                        new Boost(whole(700), Timestamps.parse("2026-11-22T00:00:00Z")),
                        List.of(),
                        1L,
                        NOW,
                        NOW));
    }

    @Test
    void whatItDoesNotSayIsTheCompanysOrUsual() {
        Quota quota = read("{\"scope\":{\"company\":\"acme\"},\"metric\":\"cost\",\"limit\":1,\"period\":\"month\"}");

        assertThat(quota.getTimezone()).isEqualTo("Europe/Berlin");
        assertThat(quota.getCurrency()).isEqualTo("EUR");
        assertThat(quota.getEnforcement()).isEqualTo(Enforcement.HARD);
        assertThat(quota.getThresholds()).containsExactly(whole(80), whole(100));
        assertThat(quota.getBoost()).isNull();
        Quota ofAll = read("{\"scope\":{\"company\":\"*\"},\"metric\":\"cost\",\"limit\":0,\"period\":\"day\"}");
        assertThat(ofAll.getTimezone()).isEqualTo("UTC");
        assertThat(ofAll.getCurrency()).isEqualTo("USD");
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"rolling\",\"period_hours\":5    | ROLLING | 18000 | 0",
                "\"rolling\",\"period_hours\":8784 | ROLLING | 31622400 | 0",
                "\"every\",\"period_seconds\":2592000,\"anchor\":\"2026-01-15T00:00:00Z\" | EVERY | 2592000 | 1768435200000000",
                "\"every\",\"period_seconds\":\"900\",\"anchor\":\"2026-01-15T00:15:00Z\" | EVERY | 900 | 1768436100000000",
                "\"minute\"                        | MINUTE | 0 | 0"
            })
    void aPeriodHasItsLength(String sent, PeriodKind kind, long seconds, long anchor) {
        assertThat(read(requests(sent)).getPeriod()).isEqualTo(new Period(kind, seconds, anchor));
        assertThat(errors).isEmpty();
    }

    @Test
    void openAdmissionsHaveNoPeriod() {
        Quota quota = read("{\"scope\":{\"company\":\"acme\"},\"metric\":\"concurrent\",\"limit\":8,\"period\":null}");

        assertThat(errors).isEmpty();
        assertThat(quota.getPeriod()).isNull();
        assertThat(quota.getCurrency()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"hour\",\"period_hours\":5                       | /period_hours   | invalid",
                "\"rolling\"                                       | /period_hours   | missing",
                "\"rolling\",\"period_hours\":0                    | /period_hours   | invalid",
                "\"rolling\",\"period_hours\":8785                 | /period_hours   | invalid",
                "\"rolling\",\"period_hours\":1.5                  | /period_hours   | invalid",
                "\"rolling\",\"period_hours\":5,\"anchor\":\"2026-01-15T00:00:00Z\" | /anchor | invalid",
                "\"every\",\"anchor\":\"2026-01-15T00:00:00Z\"     | /period_seconds | missing",
                "\"every\",\"period_seconds\":900                  | /anchor         | missing",
                "\"every\",\"period_seconds\":899,\"anchor\":\"2026-01-15T00:00:00Z\"      | /period_seconds | invalid",
                "\"every\",\"period_seconds\":1000,\"anchor\":\"2026-01-15T00:00:00Z\"     | /period_seconds | invalid",
                "\"every\",\"period_seconds\":31622401,\"anchor\":\"2026-01-15T00:00:00Z\" | /period_seconds | invalid",
                "\"every\",\"period_seconds\":900,\"anchor\":\"2026-01-15T00:00:01Z\"      | /anchor         | invalid",
                "\"year\"                                          | /period         | invalid",
                "null                                              | /period         | missing"
            })
    void whatIsWrongWithAPeriodIsPointedTo(String sent, String pointer, String code) {
        read(requests(sent));
        assertThat(errors).hasSize(1).allSatisfy(error -> {
            assertThat(error.pointer()).isEqualTo(pointer);
            assertThat(error.code()).isEqualTo(code);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"scope\":{\"company\":\"acme\"} | \"scope\":{}                     | /scope/company | missing",
                "\"scope\":{\"company\":\"acme\"}, | ''                              | /scope         | missing",
                "\"scope\":{\"company\":\"acme\"} | \"scope\":\"acme\"               | /scope         | invalid",
                "\"company\":\"acme\" | \"company\":\"nobody\"                      | /scope/company | unknown_company",
                "\"company\":\"acme\" | \"company\":\"acme\",\"key\":\"key_none\"   | /scope/key     | unknown_key",
                "\"company\":\"acme\" | \"company\":\"acme\",\"key\":\"key_g\"      | /scope/key     | other_company",
                "\"company\":\"acme\" | \"company\":\"acme\",\"user\":\" \"         | /scope/user    | invalid",
                "\"company\":\"acme\" | \"company\":\"acme\",\"provider\":\"*\"     | /scope/provider | invalid",
                "\"company\":\"acme\" | \"company\":\"acme\",\"usr\":\"u\"          | /scope/usr     | unknown_member",
                "\"cost\"             | \"errors\"                                  | /metric        | invalid",
                "\"cost\"             | \"unpriced\"                                | /metric        | invalid",
                "\"cost\"             | \"Out put\"                                 | /metric        | invalid",
                "\"metric\":\"cost\", | ''                                          | /metric        | missing",
                "\"limit\":1          | \"limit\":-1                                | /limit         | invalid",
                "\"limit\":1          | \"limit\":\"1e-25\"                         | /limit         | invalid",
                "\"limit\":1          | \"limit\":null                              | /limit         | missing",
                "\"limit\":1          | \"limit\":1,\"timezone\":\"Mars\"           | /timezone      | invalid",
                "\"limit\":1          | \"limit\":1,\"timezone\":\"+05:17\"         | /timezone      | invalid",
                "\"limit\":1          | \"limit\":1,\"currency\":\"usd\"            | /currency      | invalid",
                "\"limit\":1          | \"limit\":1,\"enforcement\":\"harsh\"       | /enforcement   | invalid",
                "\"limit\":1          | \"limit\":1,\"enforcement\":\"unknown\"     | /enforcement   | invalid",
                "\"limit\":1          | \"limit\":1,\"thresholds\":[80,80]          | /thresholds    | invalid",
                "\"limit\":1          | \"limit\":1,\"thresholds\":[0]              | /thresholds    | invalid",
                "\"limit\":1          | \"limit\":1,\"thresholds\":[1001]           | /thresholds    | invalid",
                "\"limit\":1          | \"limit\":1,\"thresholds\":[\"many\"]       | /thresholds/0  | invalid",
                "\"limit\":1          | \"limit\":1,\"thresholds\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17] | /thresholds | invalid",
                "\"limit\":1          | \"limit\":1,\"boost\":{\"limit\":2}         | /boost/until   | missing",
                "\"limit\":1          | \"limit\":1,\"boost\":{\"limit\":2,\"until\":\"2026-11-21T10:00:00Z\"} | /boost/until | invalid",
                "\"limit\":1          | \"limit\":1,\"boost\":{\"until\":\"2027-01-01T00:00:00Z\"} | /boost/limit | missing",
                "\"cost\"             | \"tokens\",\"currency\":\"USD\"             | /currency      | invalid",
                "\"cost\"             | \"concurrent\"                              | /period        | invalid",
                "\"limit\":1          | \"limit\":1,\"period_days\":1               | /period_days   | unknown_member"
            })
    void whatIsWrongIsPointedTo(String part, String replacement, String pointer, String code) {
        String whole = "{\"scope\":{\"company\":\"acme\"},\"metric\":\"cost\",\"limit\":1,\"period\":\"month\"}";
        read(whole.replace(part, replacement));
        assertThat(errors).as("%s", errors).hasSize(1).allSatisfy(error -> {
            assertThat(error.pointer()).isEqualTo(pointer);
            assertThat(error.code()).isEqualTo(code);
        });
    }

    @Test
    void anIdIsPlain() {
        String body = "{\"scope\":{\"company\":\"acme\"},\"metric\":\"cost\",\"limit\":1,\"period\":\"month\"}";
        Quota ignored = QuotaJson.read(Worlds.fields(body, errors), "a b", null, Worlds.ACME, NOW);
        assertThat(errors)
                .extracting(FieldError::detail)
                .singleElement()
                .asString()
                .contains("'a b' is no id");
    }

    @Test
    void whatIsReadCanBeSentBack() {
        Quota quota = read("{\"scope\":{\"company\":\"acme\",\"user\":\"*\"},\"metric\":\"output\",\"limit\":\"1.50\","
                + "\"period\":\"every\",\"period_seconds\":900,\"anchor\":\"2026-01-15T00:15:00Z\","
                + "\"boost\":{\"limit\":2,\"until\":\"2027-01-01T00:00:00Z\"}}");
        quota.setResets(List.of(new ManualReset(3, null, "u", null, "why", NOW)));

        Fields shown = Worlds.fields(Json.MAPPER.writeValueAsString(QuotaJson.View.of(quota)), errors);
        Quota again = QuotaJson.read(shown, "q", quota, Worlds.ACME, NOW);
        shown.shown("id", "version", "created_at", "updated_at");
        shown.refuseOthers();

        assertThat(errors).isEmpty();
        assertThat(again).isEqualTo(quota);
    }

    private Quota read(String body) {
        Fields fields = Worlds.fields(body, errors);
        Quota quota = QuotaJson.read(fields, "q", null, Worlds.ACME, NOW);
        fields.refuseOthers();
        return quota;
    }

    private static String requests(String period) {
        return "{\"scope\":{\"company\":\"acme\"},\"metric\":\"requests\",\"limit\":1,\"period\":" + period + "}";
    }

    private static ExactDecimal whole(long value) {
        return new ExactDecimal(value, 0, null);
    }
}
