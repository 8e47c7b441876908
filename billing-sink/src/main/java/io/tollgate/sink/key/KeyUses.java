package io.tollgate.sink.key;

import io.tollgate.sink.batch.Received;
import io.tollgate.sink.batch.StorableText;
import io.tollgate.sink.batch.TextColumns;
import io.tollgate.sink.text.ByteText;
import io.tollgate.sink.text.Calendar;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.TreeMap;

/**
 * What the keys of one batch did, to be added to the table {@code api_key_uses} in the batch's transaction. Each partition has
 * rows of its own and they are written in order, so consumers neither wait for each other nor deadlock.
 */
public final class KeyUses {
    private static final String ADD = "INSERT INTO api_key_uses AS kept (auth_id, topic, partition, uses, last_used_at)"
            + " SELECT auth_id, topic, partition::integer, uses::bigint, last_used_at::timestamptz FROM "
            + TextColumns.unnest(5) + " AS rows (auth_id, topic, partition, uses, last_used_at) ORDER BY 1, 2, 3"
            + " ON CONFLICT (auth_id, topic, partition) DO UPDATE SET uses = kept.uses + excluded.uses,"
            + " last_used_at = greatest(kept.last_used_at, excluded.last_used_at)";

    private record Place(String authId, String topic, int partition) {}

    private record Use(long uses, long lastUsedAt) {
        Use and(Use more) {
            return new Use(uses + more.uses, Math.max(lastUsedAt, more.lastUsedAt));
        }
    }

    private static final Comparator<Place> IN_KEY_ORDER =
            Comparator.comparing(Place::authId).thenComparing(Place::topic).thenComparingInt(Place::partition);

    private final TreeMap<Place, Use> byPlace = new TreeMap<>(IN_KEY_ORDER);

    /** The key's one use that the record tells of. */
    public void add(String authId, Received<?> record) {
        Place place = new Place(
                StorableText.of(authId),
                record.origin().topic(),
                record.origin().partition());
        byPlace.merge(place, new Use(1, record.appendedAt()), Use::and);
    }

    public void write(Connection connection) throws SQLException {
        TextColumns columns = new TextColumns();
        ByteText scratch = new ByteText(32);
        byPlace.forEach((place, use) -> columns.add(
                place.authId(),
                place.topic(),
                Integer.toString(place.partition()),
                Long.toString(use.uses()),
                Calendar.timestampText(use.lastUsedAt(), scratch)));
        if (!columns.isEmpty()) {
            columns.execute(connection, ADD);
        }
    }
}
