package io.tollgate.sink.alert;

import io.tollgate.avro.Alert;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.EventName;
import io.tollgate.sink.batch.Reading;
import io.tollgate.sink.batch.Received;
import io.tollgate.sink.batch.TextColumns;
import io.tollgate.sink.batch.TopicWriter;
import io.tollgate.sink.batch.Upsert;
import io.tollgate.sink.text.Calendar;
import io.tollgate.sink.text.RowText;
import io.tollgate.sink.text.TextArray;
import io.tollgate.sink.text.Words;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes alerts, each once, and in the same transaction whom it is to be brought to: an alert that is in the books is
 * delivered or says why it was not.
 */
public final class AlertWriter implements TopicWriter<Alert> {
    private static final Upsert ALERTS = Upsert.first(
            "cost_alerts",
            "id text",
            "rule text",
            "kind text",
            "resolved boolean",
            "number integer",
            "late boolean",
            "company text",
            "user_id text",
            "auth_id text",
            "provider text",
            "model text",
            "quota text",
            "metric text",
            "currency text",
            "threshold numeric",
            "value numeric",
            "used numeric",
            "quota_limit numeric",
            "window_start timestamptz",
            "window_end timestamptz",
            "webhooks text[]",
            "raised_at timestamptz");
    private static final Upsert DELIVERIES = Upsert.first(
            "alert_deliveries", "id text", "alert_id text", "webhook text", "company text", "give_up_at timestamptz");
    /** From the broker's time on, not from now: what is written again from an old log is not sent again. */
    private static final long GIVE_UP_AFTER_MICROS = 3 * Calendar.MICROS_PER_DAY;

    private final AvroCodec<Alert> codec;
    private final Runnable written;
    private final AlertMetrics metrics;
    private final RowText text = new RowText();

    /** By the topic's codec.
     *
     * @param written told after each commit
     */
    public AlertWriter(AvroCodec<Alert> codec, Runnable written, AlertMetrics metrics) {
        this.codec = codec;
        this.metrics = metrics;
        this.written = written;
    }

    @Override
    public Reading<Alert> read(Received<byte[]> received) {
        return Reading.of(codec, received.value());
    }

    @Override
    public void write(Connection connection, List<Received<Alert>> batch) throws SQLException {
        Map<String, Received<Alert>> byId = new TreeMap<>();
        batch.forEach(row -> byId.putIfAbsent(row.value().getId(), row));
        TextColumns alerts = new TextColumns();
        Map<String, @Nullable String[]> deliveries = new TreeMap<>();
        byId.values().forEach(row -> {
            alerts.add(columns(row.value()));
            deliveriesOf(row, deliveries);
        });
        alerts.execute(connection, ALERTS.statement());
        if (!deliveries.isEmpty()) {
            TextColumns rows = new TextColumns();
            deliveries.values().forEach(rows::add);
            rows.execute(connection, DELIVERIES.statement());
        }
    }

    private void deliveriesOf(Received<Alert> received, Map<String, @Nullable String[]> deliveries) {
        Alert alert = received.value();
        String giveUpAt = text.time(received.appendedAt() + GIVE_UP_AFTER_MICROS);
        for (String webhook : new LinkedHashSet<>(alert.getWebhooks())) {
            String id = DeliveryId.of(alert.getId(), webhook);
            deliveries.put(id, new @Nullable String[] {id, alert.getId(), webhook, alert.getCompany(), giveUpAt});
        }
    }

    private @Nullable String[] columns(Alert alert) {
        return new @Nullable String[] {
            alert.getId(),
            alert.getRule(),
            Words.of(alert.getKind()),
            Boolean.toString(alert.getResolved()),
            Integer.toString(alert.getNumber()),
            Boolean.toString(alert.getLate()),
            alert.getCompany(),
            alert.getUser(),
            alert.getKey(),
            alert.getProvider(),
            alert.getModel(),
            alert.getQuota(),
            alert.getMetric(),
            alert.getCurrency(),
            text.decimal(alert.getThreshold()),
            text.decimal(alert.getValue()),
            text.decimalOrNull(alert.getUsed()),
            text.decimalOrNull(alert.getLimit()),
            text.time(alert.getWindowStart()),
            text.time(alert.getWindowEnd()),
            TextArray.of(alert.getWebhooks()),
            text.time(alert.getAt())
        };
    }

    @Override
    public void committed(List<Received<Alert>> rows) {
        written.run();
        rows.forEach(row -> metrics.raised(row.value()));
    }

    @Override
    public EventName name(Alert alert) {
        return new EventName(alert.getCompany(), null, null);
    }
}
