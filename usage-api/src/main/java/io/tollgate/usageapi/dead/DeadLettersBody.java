package io.tollgate.usageapi.dead;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A page of dead letters, the newest first. */
record DeadLettersBody(List<Item> items, @Nullable String nextCursor, String asOf) {

    /**
     * What could not be read or done.
     *
     * @param id where the original lies: topic-partition-offset
     * @param at when it was given up
     * @param originalAt the original record's time
     * @param size bytes of the original; null: it had no value
     * @param replays that it went in again, the oldest first
     */
    record Item(
            String id,
            String code,
            String detail,
            String at,
            String originalAt,
            @Nullable String company,
            @Nullable String source,
            @Nullable String eventId,
            @Nullable Integer size,
            List<Replay> replays) {
        Item with(List<Replay> those) {
            return new Item(id, code, detail, at, originalAt, company, source, eventId, size, those);
        }
    }

    /**
     * One with its original.
     *
     * @param original the submission that could be read; null where it could not
     * @param originalBase64 the bytes, where they are no submission
     */
    record Detail(
            String id,
            String code,
            String detail,
            String at,
            String originalAt,
            @Nullable String company,
            @Nullable String source,
            @Nullable String eventId,
            @Nullable Integer size,
            List<Replay> replays,
            @Nullable JsonNode original,
            @Nullable String originalBase64) {
        static Detail of(Item item, @Nullable JsonNode original, @Nullable String originalBase64) {
            return new Detail(
                    item.id(),
                    item.code(),
                    item.detail(),
                    item.at(),
                    item.originalAt(),
                    item.company(),
                    item.source(),
                    item.eventId(),
                    item.size(),
                    item.replays(),
                    original,
                    originalBase64);
        }
    }
}
