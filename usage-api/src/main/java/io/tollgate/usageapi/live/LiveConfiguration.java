package io.tollgate.usageapi.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.usageapi.quota.QuotaTopics;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The stream's parts. */
@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

    @Bean
    LiveStreams liveStreams(UsageApiSettings settings, Clock clock, MeterRegistry meters) {
        return new LiveStreams(settings.live(), clock, System::nanoTime, new LiveMetrics(meters));
    }

    @Bean
    LiveLifecycle liveLifecycle(UsageApiSettings settings, SchemaIds ids, QuotaTopics quotas, LiveStreams streams) {
        LiveReader reader = new LiveReader(
                settings.cluster(), ids, settings.live(), LiveReader.LOOK, new Notices(quotas::quota), streams);
        return new LiveLifecycle(reader, streams);
    }
}
