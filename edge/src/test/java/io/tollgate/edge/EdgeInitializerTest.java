package io.tollgate.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EdgeInitializerTest {
    private static final String STRONG = "7f1c0a93b2d84e65a0c9371fbb62e4d8";

    @Test
    void onLoopbackAnyTokenDoes() {
        for (String address : new String[] {"127.0.0.1", "127.0.0.9", "localhost", "::1"}) {
            assertThat(started(Map.of("server.address", address, "tollgate.admin-token", "changeme")))
                    .isNotNull();
        }
    }

    @Test
    void elsewhereAnAdminTokenThatCanBeGuessedIsRefused() {
        for (String address : new String[] {"0.0.0.0", "::", "192.0.2.7"}) {
            assertThatThrownBy(() -> started(Map.of("server.address", address, "tollgate.admin-token", "changeme")))
                    .isInstanceOf(RefusedStartException.class)
                    .hasMessageContaining("server.address is " + address)
                    .hasMessageContaining("openssl rand -hex 32")
                    .hasMessageNotContaining("changeme");
        }
    }

    @Test
    void withoutAnAddressItWouldBeEverywhere() {
        assertThatThrownBy(() -> started(Map.of("tollgate.admin-token", "changeme")))
                .hasMessageContaining("server.address is not set");
        assertThatThrownBy(() -> started(Map.of("server.address", " ", "tollgate.admin-token", "changeme")))
                .isInstanceOf(RefusedStartException.class);
    }

    @Test
    void theActuatorsOwnAddressIsLookedAtAsWell() {
        assertThatThrownBy(() -> started(Map.of(
                        "server.address", "127.0.0.1",
                        "management.server.port", "9090",
                        "management.server.address", "0.0.0.0",
                        "tollgate.admin-token", "changeme")))
                .hasMessageContaining("management.server.address is 0.0.0.0");
        assertThat(started(Map.of("server.address", "127.0.0.1", "management.server.port", "9090"))
                        .getProperty("management.server.address"))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void aStrongTokenOrNoneAtAllMayListenAnywhere() {
        assertThat(started(Map.of("server.address", "0.0.0.0", "tollgate.admin-token", STRONG)))
                .isNotNull();
        assertThat(started(Map.of("server.address", "0.0.0.0"))).isNotNull();
        assertThat(started(Map.of("server.address", "0.0.0.0", "tollgate.admin-token", "")))
                .isNotNull();
    }

    @Test
    void theEnvironmentsNamesCountToo() {
        assertThatThrownBy(() ->
                        startedWithEnvironment(Map.of("SERVER_ADDRESS", "0.0.0.0", "TOLLGATE_ADMIN_TOKEN", "changeme")))
                .isInstanceOf(RefusedStartException.class);
        ConfigurableEnvironment environment = startedWithEnvironment(Map.of(
                "SERVER_ADDRESS", "0.0.0.0",
                "TOLLGATE_ADMIN_TOKEN", STRONG,
                "TOLLGATE_TLS_CERTIFICATE", "tls.crt",
                "TOLLGATE_TLS_PRIVATE_KEY", "tls.key"));
        assertThat(environment.getProperty("server.ssl.bundle")).isEqualTo("tollgate");
    }

    @Test
    void strangersAreToldNoDetailsOfHealth() {
        String details = "management.endpoint.health.show-details";
        assertThat(started(Map.of("server.address", "127.0.0.1")).getProperty(details))
                .isEqualTo("always");
        assertThat(started(Map.of("server.address", "0.0.0.0")).getProperty(details))
                .isEqualTo("never");
        assertThat(started(Map.of(
                                "server.address", "0.0.0.0",
                                "management.server.port", "9090",
                                "management.server.address", "127.0.0.1"))
                        .getProperty(details))
                .isEqualTo("always");
        assertThat(started(Map.of("server.address", "0.0.0.0", details, "always"))
                        .getProperty(details))
                .isEqualTo("always");
    }

    @Test
    void withoutACertificateItIsHttp() {
        assertThat(started(Map.of("server.address", "127.0.0.1")).getProperty("server.ssl.bundle"))
                .isNull();
    }

    @Test
    void aPersonIsToldWhyAndWhatToDo() {
        assertThatThrownBy(() -> BindCheck.require("server.address", "0.0.0.0", "admin"))
                .satisfies(refused -> {
                    FailureAnalysis analysis = new RefusedStartAnalyzer().analyze(new IllegalStateException(refused));
                    assertThat(analysis).isNotNull();
                    assertThat(analysis.getDescription()).startsWith("The admin token has 5 characters");
                    assertThat(analysis.getAction()).startsWith("Set TOLLGATE_ADMIN_TOKEN");
                });
    }

    private static ConfigurableEnvironment started(Map<String, Object> settings) {
        return initialized(new MapPropertySource("arguments", settings));
    }

    private static ConfigurableEnvironment startedWithEnvironment(Map<String, Object> variables) {
        return initialized(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    }

    private static ConfigurableEnvironment initialized(MapPropertySource source) {
        StandardEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.stream().toList().forEach(own -> sources.remove(own.getName()));
        sources.addFirst(source);
        GenericApplicationContext context = new GenericApplicationContext();
        context.setEnvironment(environment);
        new EdgeInitializer().initialize(context);
        return environment;
    }
}
