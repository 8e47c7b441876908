package io.tollgate.sink.audit;

import io.tollgate.avro.Actor;
import io.tollgate.avro.AuditEntry;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.sink.batch.EventName;
import io.tollgate.sink.batch.Reading;
import io.tollgate.sink.batch.Received;
import io.tollgate.sink.batch.TextColumns;
import io.tollgate.sink.batch.TopicWriter;
import io.tollgate.sink.batch.Upsert;
import io.tollgate.sink.text.RowText;
import io.tollgate.sink.text.Words;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code audit_logs}: a row for each entry, never changed and never deleted. */
public final class AuditEntries implements TopicWriter<AuditEntry> {
    private static final Upsert INSERT = Upsert.first(
            "audit_logs",
            "version bigint",
            "position integer",
            "at timestamptz",
            "actor_kind text",
            "actor_id text",
            "address text",
            "request_id text",
            "action text",
            "kind text",
            "entity_id text",
            "company text",
            "before jsonb",
            "after jsonb");

    private final AvroCodec<AuditEntry> codec;
    private final RowText text = new RowText();

    public AuditEntries(AvroCodec<AuditEntry> codec) {
        this.codec = codec;
    }

    @Override
    public Reading<AuditEntry> read(Received<byte[]> received) {
        return Reading.of(codec, received.value());
    }

    @Override
    public void write(Connection connection, List<Received<AuditEntry>> batch) throws SQLException {
        TextColumns rows = new TextColumns();
        for (Received<AuditEntry> entry : batch) {
            rows.add(columns(entry.value()));
        }
        rows.execute(connection, INSERT.statement());
    }

    private @Nullable String[] columns(AuditEntry entry) {
        Actor actor = entry.getActor();
        return new @Nullable String[] {
            Long.toString(entry.getVersion()),
            Integer.toString(entry.getPosition()),
            text.time(entry.getAt()),
            Words.of(actor.getKind()),
            actor.getId(),
            actor.getAddress(),
            actor.getRequestId(),
            entry.getAction(),
            entry.getKind(),
            entry.getId(),
            entry.getCompany(),
            entry.getBefore(),
            entry.getAfter()
        };
    }

    @Override
    public EventName name(AuditEntry entry) {
        return new EventName(entry.getCompany(), null, null);
    }
}
