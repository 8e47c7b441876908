package io.tollgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class GatewaySettingsTest {
    @Test
    void theShippedPriceBookIsTheDefaultAndNoneIsTheOther() {
        assertThat(bound(Map.of("tollgate.kafka", "k:9092")).shipsPrices()).isTrue();
        assertThat(bound(Map.of("tollgate.price-book", "none")).shipsPrices()).isFalse();
        assertThatThrownBy(() -> bound(Map.of("tollgate.price-book", "other")))
                .rootCause()
                .hasMessage("tollgate.price-book is 'other'; it is shipped or none");
    }

    @Test
    void nobodyClosesAMonthButAnAdministratorUnlessAGraceIsSet() {
        assertThat(bound(Map.of("tollgate.kafka", "k:9092")).periods().grace()).isNull();
        assertThat(bound(Map.of("tollgate.periods.grace", "5d")).periods().grace())
                .isEqualTo(Duration.ofDays(5));
        assertThatThrownBy(() -> bound(Map.of("tollgate.periods.grace", "-1d")))
                .rootCause()
                .hasMessage("tollgate.periods.grace is from 0 to 366d");
    }

    private static GatewaySettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("tollgate", GatewaySettings.class)
                .get();
    }
}
