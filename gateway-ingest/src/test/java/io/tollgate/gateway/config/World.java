package io.tollgate.gateway.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Actor;
import io.tollgate.avro.ActorKind;
import io.tollgate.avro.AuditEntry;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.admin.PriceItemJson.TimelineKey;
import io.tollgate.gateway.admin.Section;
import io.tollgate.gateway.admin.Sections;
import io.tollgate.gateway.backbone.Audited;
import io.tollgate.gateway.backbone.ConfigChange;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import tools.jackson.databind.JsonNode;

/** A configuration without Kafka: what is decided becomes its next version, and is kept as the audit keeps it. */
final class World {
    private static final Actor NOBODY = new Actor(ActorKind.TOKEN, null, null, null);
    private static final long SECOND = 1_000_000;

    private final List<Configured> versions = new ArrayList<>();
    private final List<AuditEntry> audit = new ArrayList<>();
    private long now;

    World(long now) {
        this.now = now;
        Map<Section<?>, Map<String, SpecificRecord>> empty = new HashMap<>();
        Sections.all().forEach(section -> empty.put(section, Map.of()));
        versions.add(new Configured(0, empty, Map.of()));
    }

    long now() {
        return now;
    }

    Configured newest() {
        return versions.get(versions.size() - 1);
    }

    Configured at(long version) {
        return versions.get((int) version);
    }

    /** All that is configured, as a document. */
    JsonNode export() {
        return Export.of(newest(), Document.kinds(), Export.Prices.ALL);
    }

    /** What a document comes to; nothing is changed by it. */
    Draft tried(JsonNode document, boolean prune) {
        Draft draft = new Draft(newest(), now, null);
        List<FieldError> errors = new ArrayList<>();
        Document.of(document, errors).applyTo(draft, prune);
        draft.errors().addAll(errors);
        return draft;
    }

    Draft triedBack(long version) {
        Restoration restoration = new Restoration();
        audit.stream().filter(entry -> entry.getVersion() > version).forEach(restoration::take);
        Draft draft = new Draft(newest(), now, "restored");
        restoration.applyTo(draft, newest());
        return draft;
    }

    Outcome applied(String document) {
        return written(tried(Json.MAPPER.readTree(document), false));
    }

    /** Makes it the next version, where it changes anything. */
    Outcome written(Draft draft) {
        assertThat(draft.errors()).isEmpty();
        if (!draft.changes().isEmpty()) {
            write(draft.changes());
        }
        now += SECOND;
        return draft.outcome(false);
    }

    private void write(List<ConfigChange> changes) {
        Configured before = newest();
        long version = before.version() + 1;
        Map<Section<?>, Map<String, SpecificRecord>> records = new HashMap<>();
        before.records().forEach((section, found) -> records.put(section, new HashMap<>(found)));
        Map<TimelineKey, PriceTimeline> prices = new HashMap<>(before.prices());
        for (int position = 0; position < changes.size(); position++) {
            ConfigChange change = changes.get(position);
            Audited audited = change.audited();
            audit.add(new AuditEntry(
                    version,
                    position,
                    now,
                    NOBODY,
                    audited.action(),
                    audited.kind(),
                    audited.id(),
                    audited.company(),
                    audited.before(),
                    audited.after()));
            if (change.value() instanceof PriceTimeline timeline) {
                prices.put(TimelineKey.of(timeline), timeline);
                continue;
            }
            Map<String, SpecificRecord> kind = requireNonNull(records.get(Sections.all().stream()
                    .filter(section -> section.word().equals(audited.kind()))
                    .findFirst()
                    .orElseThrow()));
            if (change.value() == null) {
                kind.remove(audited.id());
            } else {
                kind.put(audited.id(), change.value());
            }
        }
        versions.add(new Configured(version, records, prices));
    }
}
