package io.tollgate.bench.topology;

import io.tollgate.bench.load.UsageEvent;
import io.tollgate.bench.load.UsageLoad;
import io.tollgate.bench.process.Endpoints;
import io.tollgate.bench.process.EventTopic.Message;
import io.tollgate.bench.process.EventTopic.Source;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import java.time.Instant;

/** The load as records of {@code usage.events}. */
final class Events {
    private final Codecs codecs;

    Events(Endpoints endpoints) {
        this.codecs = Codecs.settle(new SchemaRegistry(endpoints.registry()));
    }

    Codecs codecs() {
        return codecs;
    }

    Source source(int seed) {
        UsageLoad load = new UsageLoad(seed, Instant.now());
        return () -> {
            UsageEvent event = load.next();
            return new Message(event.hash(), codecs.events().encode(event.submission()));
        };
    }
}
