package io.tollgate.gateway.backbone;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tollgate.schemas.config.ConfigTable;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the gateway knows, in numbers. None is there before Kafka has answered once: not known is not 0. */
public final class BackboneMetrics implements MeterBinder {
    private interface Table {
        ConfigTable<?> in(Backbone backbone);
    }

    private static final Map<String, Table> TABLES = Map.of(
            "companies", Backbone::companies,
            "keys", backbone -> backbone.keys().table(),
            "users", Backbone::users,
            "quotas", Backbone::quotas,
            "prices", Backbone::prices,
            "alert_rules", Backbone::alertRules,
            "webhooks", Backbone::webhooks,
            "admins", backbone -> backbone.admins().table(),
            "periods", Backbone::periods,
            "jobs", Backbone::jobs);

    private final Connector connector;

    public BackboneMetrics(Connector connector) {
        this.connector = connector;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("tollgate.ready", connector, BackboneMetrics::ready)
                .description("Whether the configuration is known and the brokers acknowledge")
                .register(registry);
        gauge("tollgate.config.version", Backbone::configVersion)
                .description("Number of the last change of the configuration")
                .register(registry);
        TABLES.forEach((table, of) -> gauge(
                        "tollgate.config.records",
                        backbone -> of.in(backbone).values().size())
                .description("Records of the configuration")
                .tag("table", table)
                .register(registry));
    }

    private Gauge.Builder<Connector> gauge(String name, ToDoubleFunction<Backbone> value) {
        return Gauge.builder(name, connector, made -> {
            Backbone backbone = made.backbone();
            return backbone == null ? Double.NaN : value.applyAsDouble(backbone);
        });
    }

    private static int ready(Connector connector) {
        Backbone backbone = connector.backbone();
        return backbone != null && backbone.isHealthy() ? 1 : 0;
    }
}
