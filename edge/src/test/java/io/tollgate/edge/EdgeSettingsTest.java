package io.tollgate.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EdgeSettingsTest {
    @Test
    void theDefaultsAreHttpAndTwentyWrongSecretsAMinute() {
        EdgeSettings settings = of(Map.of());
        assertThat(settings.tls()).isEqualTo(new EdgeSettings.Tls(null, null, Duration.ofSeconds(10)));
        assertThat(settings.failedAuthentications())
                .isEqualTo(new EdgeSettings.FailedAuthenticationsLimit(20, Duration.ofMinutes(1)));
        assertThat(settings.trustedProxies()).isEmpty();
    }

    @Test
    void eachSettingCanComeFromTheEnvironment() {
        EdgeSettings settings = of(Map.of(
                "TOLLGATE_TLS_CERTIFICATE", "/tls/tls.crt",
                "TOLLGATE_TLS_PRIVATE_KEY", "/tls/tls.key",
                "TOLLGATE_TLS_RELOAD", "1s",
                "TOLLGATE_FAILED_AUTHENTICATIONS_LIMIT", "5",
                "TOLLGATE_FAILED_AUTHENTICATIONS_WINDOW", "10m",
                "TOLLGATE_TRUSTED_PROXIES", "10.0.0.0/8,192.0.2.7"));
        assertThat(settings.tls())
                .isEqualTo(
                        new EdgeSettings.Tls(Path.of("/tls/tls.crt"), Path.of("/tls/tls.key"), Duration.ofSeconds(1)));
        assertThat(settings.failedAuthentications())
                .isEqualTo(new EdgeSettings.FailedAuthenticationsLimit(5, Duration.ofMinutes(10)));
        assertThat(settings.trustedProxies()).containsExactly("10.0.0.0/8", "192.0.2.7");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> of(Map.of("TOLLGATE_FAILED_AUTHENTICATIONS_LIMIT", "-1")))
                .rootCause()
                .hasMessageContaining("tollgate.failed-authentications.limit");
        assertThatThrownBy(() -> of(Map.of("TOLLGATE_TLS_RELOAD", "1ms")))
                .rootCause()
                .hasMessageContaining("tollgate.tls.reload");
    }

    private static EdgeSettings of(Map<String, Object> variables) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addFirst(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return new Binder(ConfigurationPropertySources.from(sources)).bindOrCreate("tollgate", EdgeSettings.class);
    }
}
