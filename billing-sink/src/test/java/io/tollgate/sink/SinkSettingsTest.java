package io.tollgate.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.sink.webhook.WebhookSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SinkSettingsTest {
    private static SinkSettings settings(String... more) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "tollgate.kafka", "127.0.0.1:9092",
                "tollgate.postgres", "jdbc:postgresql://127.0.0.1/tollgate",
                "tollgate.registry", "http://127.0.0.1:8086"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("tollgate", SinkSettings.class)
                .get();
    }

    @Test
    void booksAreKeptForThirteenMonthsAndOutcomesForSeventyFiveDays() {
        assertThat(settings().ledgerKept()).isEqualTo(Duration.ofDays(400));
        assertThat(settings().intradayKept()).isEqualTo(Duration.ofDays(400));
        assertThat(settings().deadLettersKept()).isEqualTo(Duration.ofDays(400));
        assertThat(settings().outcomesKept()).isEqualTo(Duration.ofDays(75));
    }

    @Test
    void quarterHoursThatMayStillChangeAreNotDeleted() {
        assertThat(settings("tollgate.intraday-kept", "120d").intradayKept()).isEqualTo(Duration.ofDays(120));
        assertThatThrownBy(() -> settings("tollgate.intraday-kept", "119d"))
                .rootCause()
                .hasMessageStartingWith("tollgate.intraday-kept must be 120 days or more");
    }

    @Test
    void resetsThatMayStillBeCorrectedAndAlertsThatMayStillBeDeliveredAreNotDeleted() {
        assertThat(settings().quotaResetsKept()).isEqualTo(Duration.ofDays(400));
        assertThat(settings().alertsKept()).isEqualTo(Duration.ofDays(400));
        assertThatThrownBy(() -> settings("tollgate.quota-resets-kept", "119d"))
                .rootCause()
                .hasMessageStartingWith("tollgate.quota-resets-kept must be 120 days or more");
        assertThatThrownBy(() -> settings("tollgate.alerts-kept", "6d"))
                .rootCause()
                .hasMessageStartingWith("tollgate.alerts-kept must be 7 days or more");
    }

    @Test
    void webhooksLeadToPublicAddressesAndEndAfterTenSeconds() {
        assertThat(settings().webhooks()).isEqualTo(new WebhookSettings(false, 256, 4, Duration.ofSeconds(10)));
        assertThat(settings("tollgate.webhooks.allow-private", "true")
                        .webhooks()
                        .allowPrivate())
                .isTrue();
        assertThatThrownBy(() -> settings("tollgate.webhooks.timeout", "60s"))
                .rootCause()
                .hasMessageStartingWith("tollgate.webhooks.timeout must be below a minute");
        assertThatThrownBy(() -> settings("tollgate.webhooks.per-receiver", "0"))
                .rootCause()
                .hasMessageContaining("must be at least 1");
    }

    @Test
    void whatTheBalanceCountsIsKeptAsLongAsTheOutcomes() {
        assertThatThrownBy(() -> settings("tollgate.dead-letters-kept", "74d"))
                .rootCause()
                .hasMessageStartingWith("tollgate.dead-letters-kept must be as long as tollgate.outcomes-kept");
        assertThatThrownBy(() -> settings("tollgate.ledger-kept", "74d"))
                .rootCause()
                .hasMessageStartingWith("tollgate.ledger-kept must be as long as tollgate.outcomes-kept");
    }
}
