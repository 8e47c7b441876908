package io.tollgate.bench.topology;

import io.tollgate.bench.load.Companies;
import io.tollgate.bench.load.UsageEvent;
import io.tollgate.bench.load.UsageLoad;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.EventTopic.Message;
import io.tollgate.bench.process.EventTopic.Source;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import java.time.Instant;
import java.util.function.Supplier;

/** The load as records of {@code usage.events}. */
final class Events {
    private final Codecs codecs;
    private Companies companies = Companies.usual(UsageLoad.COMPANIES);

    Events(Endpoints endpoints) {
        this.codecs = Codecs.settle(new SchemaRegistry(endpoints.registry()));
    }

    Codecs codecs() {
        return codecs;
    }

    /** Whose events come from now on. */
    void of(Companies whose) {
        companies = whose;
    }

    Source source(int seed) {
        return source(new UsageLoad(seed, Instant.now(), companies)::next);
    }

    Source source(Supplier<UsageEvent> events) {
        return () -> {
            UsageEvent event = events.get();
            return new Message(event.hash(), codecs.events().encode(event.submission()));
        };
    }
}
