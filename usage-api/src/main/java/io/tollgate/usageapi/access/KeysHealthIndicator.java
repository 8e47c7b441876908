package io.tollgate.usageapi.access;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.avro.Company;
import io.tollgate.schemas.config.Admins;
import io.tollgate.schemas.config.ApiKeys;
import io.tollgate.schemas.config.ConfigTable;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Up once keys, administrators and companies have been read whole: before, a good key would be refused. */
@Component
final class KeysHealthIndicator extends AbstractHealthIndicator {
    private final ApiKeys keys;
    private final Admins admins;
    private final ConfigTable<Company> companies;

    KeysHealthIndicator(ApiKeys keys, Admins admins, ConfigTable<Company> companies, MeterRegistry meters) {
        this.keys = keys;
        this.admins = admins;
        this.companies = companies;
        Gauge.builder("tollgate.ready", this, own -> own.areKnown() ? 1 : 0)
                .description("Whether keys and companies are known; the database is not asked")
                .register(meters);
    }

    private boolean areKnown() {
        return keys.table().caughtUp() && admins.table().caughtUp() && companies.caughtUp();
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.status(areKnown() ? "UP" : "OUT_OF_SERVICE")
                .withDetail("keys", keys.table().values().size())
                .withDetail("companies", companies.values().size());
        Stream.of(keys.table(), admins.table(), companies)
                .map(ConfigTable::waitsFor)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(missing -> builder.withDetail("waits_for", missing));
    }
}
