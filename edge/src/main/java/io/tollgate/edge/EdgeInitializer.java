package io.tollgate.edge;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Before anything of a service is made: checks that it may listen where it is told to, and sets what follows from that.
 * All of it are defaults, which any configuration wins over.
 */
final class EdgeInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final String ADDRESS = "server.address";
    private static final String ACTUATORS_ADDRESS = "management.server.address";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        Binder settings = Binder.get(environment);
        String token = text(settings, "tollgate.admin-token");
        String address = text(settings, ADDRESS);
        BindCheck.require(ADDRESS, address, token);
        Map<String, Object> defaults = new LinkedHashMap<>();
        String actuators = address;
        if (hasActuatorsPort(settings)) {
            actuators = text(settings, ACTUATORS_ADDRESS);
            if (actuators == null && address != null) {
                // Spring Boot's own default is everywhere.
                defaults.put(ACTUATORS_ADDRESS, address);
                actuators = address;
            }
            BindCheck.require(ACTUATORS_ADDRESS, actuators, token);
        }
        // Details name hosts and what they answered. A stranger learns whether the service is up, and no more.
        defaults.put("management.endpoint.health.show-details", BindCheck.isLoopback(actuators) ? "always" : "never");
        // On some platforms Spring Boot believes anybody's X-Forwarded-For; see tollgate.trusted-proxies.
        defaults.put("server.forward-headers-strategy", "none");
        // What no route names is not served: files of web jars on the class path, say.
        defaults.put("spring.web.resources.add-mappings", "false");
        // By then the server has drained: nothing more will come that was worth two seconds.
        defaults.put("spring.reactor.netty.shutdown-quiet-period", "0s");
        if (text(settings, "tollgate.tls.certificate") != null || text(settings, "tollgate.tls.private-key") != null) {
            defaults.put("server.ssl.bundle", TlsBundle.NAME);
            if (hasActuatorsPort(settings) && !BindCheck.isLoopback(actuators)) {
                defaults.put("management.server.ssl.bundle", TlsBundle.NAME);
            }
        }
        environment.getPropertySources().addLast(new MapPropertySource("tollgate-edge", defaults));
    }

    /** Whether health and metrics are served apart. */
    private static boolean hasActuatorsPort(Binder settings) {
        String port = text(settings, "management.server.port");
        return port != null && !port.equals(text(settings, "server.port"));
    }

    private static @Nullable String text(Binder settings, String name) {
        String value = settings.bind(name, String.class).orElse(null);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
