package io.tollgate.gateway.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tollgate.avro.Actor;
import io.tollgate.avro.AuditEntry;
import io.tollgate.avro.ConfigVersion;
import io.tollgate.gateway.admin.Page;
import io.tollgate.gateway.admin.Times;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A version as JSON.
 *
 * @param changes records that it changed
 * @param summary for people; null of one that is too old for the list
 * @param items what it changed, where one is looked at
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VersionView(
        long number,
        String at,
        ActorView actor,
        int changes,
        @Nullable String summary,
        @Nullable List<EntryView> items,
        @Nullable String nextCursor) {

    /** Who it was. */
    record ActorView(String kind, @Nullable String id, @Nullable String address, @Nullable String requestId) {
        static ActorView of(Actor actor) {
            return new ActorView(
                    actor.getKind().name().toLowerCase(Locale.ROOT),
                    actor.getId(),
                    actor.getAddress(),
                    actor.getRequestId());
        }
    }

    static VersionView of(ConfigVersion version) {
        return new VersionView(
                version.getNumber(),
                Times.text(version.getAt()),
                ActorView.of(version.getActor()),
                version.getChanges(),
                version.getSummary(),
                null,
                null);
    }

    /**
     * One that is looked at.
     *
     * @param entry any of its entries
     * @param page of its entries
     */
    static VersionView of(AuditEntry entry, int changes, Page page) {
        return new VersionView(
                entry.getVersion(),
                Times.text(entry.getAt()),
                ActorView.of(entry.getActor()),
                changes,
                null,
                page.items().stream().map(EntryView.class::cast).toList(),
                page.nextCursor());
    }
}
