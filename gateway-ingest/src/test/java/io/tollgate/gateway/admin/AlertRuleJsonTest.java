package io.tollgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.AlertKind;
import io.tollgate.avro.AlertRule;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Scope;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertRuleJsonTest {
    private static final long NOW = 1_795_255_200_000_000L;

    static {
        AvroGuards.set();
    }

    private final List<FieldError> errors = new ArrayList<>();

    @Test
    void aRuleSaysEverything() {
        AlertRule rule = read("{\"scope\":{\"company\":\"acme\",\"user\":\"*\"},\"kind\":\"spike\","
                + "\"thresholds\":[\"2.5\",10],\"window\":\"day\",\"timezone\":\"UTC\",\"currency\":\"USD\","
                + "\"minimum\":\"0.5\",\"baseline_windows\":7,\"webhooks\":[\"ops\",\"ops\"],\"enabled\":false}");

        assertThat(errors).isEmpty();
        assertThat(rule)
                .isEqualTo(new AlertRule(
                        "r",
                        new Scope("acme", "*", null, null, null),
                        AlertKind.SPIKE,
                        null,
                        List.of(new ExactDecimal(25L, 1, null), new ExactDecimal(10L, 0, null)),
                        new Period(PeriodKind.DAY, 0L, 0L),
                        "UTC",
                        "USD",
                        new ExactDecimal(5L, 1, null),
                        7,
                        List.of("ops"),
                        false,
                        1L,
                        NOW,
                        NOW));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "quota_share, 50 80 100, -,    -,  0",
                "forecast,    100,       -,    -,  0",
                "spike,       3,         HOUR, 1,  24",
                "error_share, 10,        HOUR, 20, 0",
                "unpriced,    1,         DAY,  -,  0"
            })
    void eachKindHasItsDefaults(String kind, String thresholds, PeriodKind window, String minimum, int baseline) {
        AlertRule rule = read("{\"scope\":{\"company\":\"acme\"},\"kind\":\"" + kind + "\"}");

        assertThat(errors).isEmpty();
        assertThat(String.join(" ", Thresholds.texts(rule.getThresholds()))).isEqualTo(thresholds);
        assertThat(rule.getWindow() == null ? null : rule.getWindow().getKind()).isEqualTo(window);
        assertThat(Decimals.textOrNull(rule.getMinimum())).isEqualTo(minimum);
        assertThat(rule.getBaselineWindows()).isEqualTo(baseline);
        assertThat(rule.getCurrency()).isEqualTo(kind.equals("spike") ? "EUR" : null);
        assertThat(rule.getTimezone()).isEqualTo(window == null ? "UTC" : "Europe/Berlin");
        assertThat(rule.getWebhooks()).isEmpty();
        assertThat(rule.getEnabled()).isTrue();
    }

    @Test
    void aRollingWindowHasItsLength() {
        read("{\"scope\":{\"company\":\"*\"},\"kind\":\"spike\",\"window\":\"rolling\",\"window_hours\":351}");
        read("{\"scope\":{\"company\":\"*\"},\"kind\":\"spike\",\"window\":\"month\",\"baseline_windows\":10}");
        AlertRule rule = read("{\"scope\":{\"company\":\"*\"},\"kind\":\"spend\",\"thresholds\":[9],"
                + "\"window\":\"rolling\",\"window_hours\":6}");
        assertThat(errors).isEmpty();
        assertThat(rule.getWindow()).isEqualTo(new Period(PeriodKind.ROLLING, 21_600L, 0L));
        assertThat(rule.getCurrency()).isEqualTo("USD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"kind\":\"spend\"                                                 | /thresholds | missing",
                "\"kind\":\"quota_share\",\"thresholds\":[]                         | /thresholds | missing",
                "\"kind\":\"error_share\",\"thresholds\":[101]                      | /thresholds | invalid",
                "\"kind\":\"spend\",\"thresholds\":[2,1]                            | /thresholds | invalid",
                "\"kind\":\"loud\",\"thresholds\":[1]                               | /kind       | invalid",
                "\"thresholds\":[1]                                                 | /kind       | missing",
                "\"kind\":\"quota_share\",\"quota\":\"none\"                        | /quota      | unknown_quota",
                "\"kind\":\"quota_share\",\"quota\":\"globex-month\"                | /quota      | other_company",
                "\"kind\":\"quota_share\",\"quota\":\"acme-calls\"                  | /quota      | not_watched",
                "\"kind\":\"forecast\",\"quota\":\"acme-rolling\"                   | /quota      | not_watched",
                "\"kind\":\"unpriced\",\"quota\":\"acme-month\"                     | /quota      | invalid",
                "\"kind\":\"forecast\",\"window\":\"day\"                           | /window     | invalid",
                "\"kind\":\"forecast\",\"timezone\":\"UTC\"                         | /timezone   | invalid",
                "\"kind\":\"unpriced\",\"window\":\"minute\"                        | /window     | invalid",
                "\"kind\":\"spike\",\"window\":\"month\"                            | /baseline_windows | invalid",
                "\"kind\":\"spike\",\"window\":\"rolling\",\"window_hours\":352     | /baseline_windows | invalid",
                "\"kind\":\"unpriced\",\"window\":\"rolling\"                       | /window_hours | missing",
                "\"kind\":\"unpriced\",\"currency\":\"USD\"                         | /currency   | invalid",
                "\"kind\":\"unpriced\",\"minimum\":1                                | /minimum    | invalid",
                "\"kind\":\"unpriced\",\"baseline_windows\":3                       | /baseline_windows | invalid",
                "\"kind\":\"spike\",\"baseline_windows\":0                          | /baseline_windows | invalid",
                "\"kind\":\"spike\",\"minimum\":-1                                  | /minimum    | invalid",
                "\"kind\":\"unpriced\",\"webhooks\":[\"none\"]                      | /webhooks/0 | unknown_webhook",
                "\"kind\":\"unpriced\",\"webhooks\":[\"ops\",\"globex-ops\"]        | /webhooks/1 | other_company",
                "\"kind\":\"unpriced\",\"webhooks\":\"ops\"                         | /webhooks   | invalid",
                "\"kind\":\"unpriced\",\"scope\":{\"company\":\"nobody\"}           | /scope/company | unknown_company"
            })
    void whatIsWrongIsPointedTo(String members, String pointer, String code) {
        String scope = members.contains("\"scope\"") ? "" : "\"scope\":{\"company\":\"acme\"},";
        read("{" + scope + members + "}");
        assertThat(errors).as("%s", errors).isNotEmpty().first().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo(pointer);
            assertThat(error.code()).isEqualTo(code);
        });
    }

    @Test
    void whatIsReadCanBeSentBack() {
        for (String kind : List.of("quota_share", "spike", "error_share", "unpriced")) {
            AlertRule rule = read("{\"scope\":{\"company\":\"acme\"},\"kind\":\"" + kind + "\"}");
            Fields shown = Worlds.fields(Json.MAPPER.writeValueAsString(AlertRuleJson.View.of(rule)), errors);
            assertThat(AlertRuleJson.read(shown, "r", Worlds.ACME, NOW)).isEqualTo(rule);
            shown.shown("id", "version", "created_at", "updated_at");
            shown.refuseOthers();
        }
        assertThat(errors).isEmpty();
    }

    private AlertRule read(String body) {
        Fields fields = Worlds.fields(body, errors);
        AlertRule rule = AlertRuleJson.read(fields, "r", Worlds.ACME, NOW);
        fields.refuseOthers();
        return rule;
    }
}
