package io.tollgate.standalone;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the services are told beyond their own defaults: where the servers are, and that they share a JVM. */
final class ServiceProperties {
    /** An empty system stays without prices. */
    static final Map<String, String> NO_PRICES = Map.of("tollgate.price-book", "none");

    /** Webhooks may go to addresses of this machine and its network. */
    static final Map<String, String> LOCAL_WEBHOOKS = Map.of("tollgate.webhooks.allow-private", "true");

    /** Wrong secrets may be tried without a limit: all tests come from one address. */
    static final Map<String, String> ANY_FAILURES = Map.of("tollgate.failed-authentications.limit", "0");

    private ServiceProperties() {}

    static Map<String, String> streaming(
            String kafka, String registry, String adminToken, DataFolder folder, Map<String, String> more) {
        Map<String, String> properties = new LinkedHashMap<>(more);
        properties.put("tollgate.kafka", kafka);
        properties.put("tollgate.registry", registry);
        properties.put("tollgate.admin-token", adminToken);
        properties.put("tollgate.state-dir", folder.streams().toString());
        properties.put("tollgate.exports.folder", folder.exports().toString());
        properties.put("spring.main.banner-mode", "off");
        // Shorter than the limits of ShutdownSequence, so that the services themselves end their waiting.
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", "12s");
        // There is no other gateway to go to.
        properties.put("tollgate.delivery.drain", "0s");
        // Micrometer's global registry is one for the JVM: each service's page must show its own numbers only.
        properties.put("management.metrics.use-global-registry", "false");
        return properties;
    }

    static Map<String, String> with(Map<String, String> streaming, String jdbcUrl, String user, String password) {
        Map<String, String> properties = new LinkedHashMap<>(streaming);
        properties.put("tollgate.postgres", jdbcUrl);
        properties.put("tollgate.postgres-user", user);
        properties.put("tollgate.postgres-password", password);
        // Whatever the environment says: what is read here is what is written here.
        properties.put("tollgate.replica", "");
        return properties;
    }
}
