package io.tollgate.sink.config;

import io.tollgate.avro.ModelName;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.schemas.RowId;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.Change;
import io.tollgate.sink.batch.EventName;
import io.tollgate.sink.batch.LatestRows;
import io.tollgate.sink.batch.Reading;
import io.tollgate.sink.batch.Reading.Nothing;
import io.tollgate.sink.batch.Received;
import io.tollgate.sink.batch.TextColumns;
import io.tollgate.sink.batch.TopicWriter;
import io.tollgate.sink.text.RowText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code price_items}: a row for each item of each timeline in {@code config.prices}. A change writes the rows of
 * its timeline anew, unless those that are there are of a later version.
 */
public final class PriceItemWriter implements TopicWriter<Change<PriceTimeline>> {
    private static final List<String> COLUMNS = List.of(
            "timeline uuid",
            "position integer",
            "id text",
            "company text",
            "provider text",
            "model text",
            "dimension text",
            "unit text",
            "unit_price numeric",
            "multiplier numeric",
            "conditions jsonb",
            "currency text",
            "tier_from numeric",
            "tier_inclusive boolean",
            "tier_basis text",
            "service_tier text",
            "region text",
            "variant text",
            "time_window_utc text",
            "effective_from timestamptz",
            "effective_to timestamptz",
            "recorded_at timestamptz",
            "alias_provider text",
            "alias_model text",
            "version bigint");

    private static final String NAMES = names().collect(Collectors.joining(", "));

    private static final String REMOVE = "DELETE FROM price_items WHERE timeline = ANY (?::uuid[])";
    private static final String REMOVE_OLDER = "DELETE FROM price_items kept USING " + TextColumns.unnest(2)
            + " AS change (timeline, version)"
            + " WHERE kept.timeline = change.timeline::uuid AND kept.version < change.version::bigint";
    // What is left of a timeline is not older: then nothing of the change is written.
    private static final String INSERT = "INSERT INTO price_items (" + NAMES + ") SELECT "
            + COLUMNS.stream()
                    .map(column -> "item." + column.replace(" ", "::"))
                    .collect(Collectors.joining(", "))
            + " FROM " + TextColumns.unnest(COLUMNS.size()) + " AS item (" + NAMES + ")"
            + " WHERE NOT EXISTS (SELECT FROM price_items kept WHERE kept.timeline = item.timeline::uuid)";

    private final AvroCodec<PriceTimeline> codec;
    private final RowText text = new RowText();

    public PriceItemWriter(AvroCodec<PriceTimeline> codec) {
        this.codec = codec;
    }

    private static Stream<String> names() {
        return COLUMNS.stream().map(column -> column.substring(0, column.indexOf(' ')));
    }

    /** Each change is in every partition, and is taken from the first. */
    @Override
    public Reading<Change<PriceTimeline>> read(Received<byte[]> received) {
        return received.origin().partition() == 0 ? Change.read(codec, received) : new Nothing<>();
    }

    @Override
    public void write(Connection connection, List<Received<Change<PriceTimeline>>> batch) throws SQLException {
        LatestRows<PriceTimeline> timelines = new LatestRows<>(PriceTimeline::getVersion);
        batch.forEach(change ->
                timelines.add(RowId.of(change.origin().key()), change.value().after()));
        remove(connection, timelines);
        TextColumns changes = new TextColumns();
        TextColumns items = new TextColumns();
        timelines.rows().forEach((id, timeline) -> {
            changes.add(id, Long.toString(timeline.getVersion()));
            for (int position = 0; position < timeline.getItems().size(); position++) {
                items.add(columns(id, position, timeline));
            }
        });
        if (!changes.isEmpty()) {
            changes.execute(connection, REMOVE_OLDER);
        }
        if (!items.isEmpty()) {
            items.execute(connection, INSERT);
        }
    }

    private static void remove(Connection connection, LatestRows<PriceTimeline> timelines) throws SQLException {
        if (!timelines.removed().isEmpty()) {
            try (PreparedStatement delete = connection.prepareStatement(REMOVE)) {
                delete.setArray(
                        1, connection.createArrayOf("text", timelines.removed().toArray()));
                delete.executeUpdate();
            }
        }
    }

    private @Nullable String[] columns(String timelineId, int position, PriceTimeline timeline) {
        PriceItem item = timeline.getItems().get(position);
        ModelName alias = item.getAliasOf();
        return new @Nullable String[] {
            timelineId,
            Integer.toString(position),
            item.getId(),
            timeline.getCompany(),
            timeline.getProvider(),
            timeline.getModel(),
            item.getDimension(),
            item.getUnit(),
            text.decimalOrNull(item.getUnitPrice()),
            text.decimalOrNull(item.getMultiplier()),
            text.json(json -> json.strings(item.getWhen())),
            item.getCurrency(),
            text.decimal(item.getTierFrom()),
            Boolean.toString(item.getTierInclusive()),
            item.getTierBasis(),
            item.getServiceTier(),
            item.getRegion(),
            item.getVariant(),
            item.getTimeWindowUtc(),
            text.time(item.getEffectiveFrom()),
            text.time(item.getEffectiveTo()),
            text.time(item.getRecordedAt()),
            alias == null ? null : alias.getProvider(),
            alias == null ? null : alias.getModel(),
            Long.toString(timeline.getVersion())
        };
    }

    @Override
    public EventName name(Change<PriceTimeline> change) {
        PriceTimeline timeline = change.after();
        return timeline == null ? EventName.NONE : new EventName(timeline.getCompany(), null, null);
    }
}
