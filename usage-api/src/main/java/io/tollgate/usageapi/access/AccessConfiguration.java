package io.tollgate.usageapi.access;

import io.tollgate.avro.Company;
import io.tollgate.schemas.config.Admins;
import io.tollgate.schemas.config.ApiKeys;
import io.tollgate.schemas.config.ConfigTable;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tables that tell who a secret belongs to. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    SchemaIds schemaIds(UsageApiSettings settings) {
        return new SchemaRegistry(settings.registry());
    }

    @Bean
    ApiKeys apiKeys(UsageApiSettings settings, SchemaIds registry) {
        return new ApiKeys(settings.cluster(), AvroCodec.reading(Topics.CONFIG_KEYS, registry));
    }

    @Bean
    Admins admins(UsageApiSettings settings, SchemaIds registry) {
        return new Admins(settings.cluster(), AvroCodec.reading(Topics.CONFIG_ADMINS, registry));
    }

    @Bean
    ConfigTable<Company> companies(UsageApiSettings settings, SchemaIds registry) {
        return ConfigTable.start(
                Topics.CONFIG_COMPANIES, settings.cluster(), AvroCodec.reading(Topics.CONFIG_COMPANIES, registry));
    }
}
