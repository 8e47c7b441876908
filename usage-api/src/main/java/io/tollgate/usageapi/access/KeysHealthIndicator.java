package io.tollgate.usageapi.access;

import io.tollgate.avro.Company;
import io.tollgate.schemas.config.Admins;
import io.tollgate.schemas.config.ApiKeys;
import io.tollgate.schemas.config.ConfigTable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Up once keys, administrators and companies have been read whole: before, a good key would be refused. */
@Component
final class KeysHealthIndicator extends AbstractHealthIndicator {
    private final ApiKeys keys;
    private final Admins admins;
    private final ConfigTable<Company> companies;

    KeysHealthIndicator(ApiKeys keys, Admins admins, ConfigTable<Company> companies) {
        this.keys = keys;
        this.admins = admins;
        this.companies = companies;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        boolean caughtUp = keys.table().caughtUp() && admins.table().caughtUp() && companies.caughtUp();
        builder.status(caughtUp ? "UP" : "OUT_OF_SERVICE")
                .withDetail("keys", keys.table().values().size())
                .withDetail("companies", companies.values().size());
    }
}
