package io.tollgate.gateway.backbone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Actor;
import io.tollgate.avro.ActorKind;
import io.tollgate.avro.AuditEntry;
import io.tollgate.avro.ConfigVersion;
import io.tollgate.schemas.config.ConfigKeys;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.topic.Topics;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final long NOW = 1_795_000_000_000_000L;
    private static final Actor ACTOR = new Actor(ActorKind.TOKEN, null, "192.0.2.7", "request-1");

    private final Codecs codecs = Codecs.settle(new FixedSchemaIds());
    private final Journal journal = new Journal(codecs);

    @Test
    void aChangeIsNumberedAndEachOfItsRecordsHasAnEntry() {
        List<ProducerRecord<byte[], byte[]>> records = journal.records(
                7, NOW, ACTOR, List.of(change("company", "acme", "created"), change("alert_rule", "spend", "deleted")));

        assertThat(records)
                .extracting(ProducerRecord::topic)
                .containsExactly("config.versions", "audit.log", "audit.log");
        ConfigVersion version = codecs.versions().decode(records.get(0).value());
        assertThat(version).isEqualTo(new ConfigVersion(7L, NOW, ACTOR, 2, "created company acme and 1 more"));
        AuditEntry last = codecs.audit().decode(records.get(2).value());
        assertThat(last.getVersion()).isEqualTo(7);
        assertThat(last.getPosition()).isEqualTo(1);
        assertThat(last.getActor()).isEqualTo(ACTOR);
        assertThat(last.getAction()).isEqualTo("deleted");
        assertThat(new String(records.get(2).key(), UTF_8)).isEqualTo("alert_rule/spend");
    }

    @Test
    void theNumbersKeptAtHandAreBounded() {
        assertThat(journal.records(10_000, NOW, ACTOR, List.of(change("user", "acme/u", "created"))))
                .hasSize(2);
        List<ProducerRecord<byte[], byte[]>> records =
                journal.records(10_001, NOW, ACTOR, List.of(change("user", "acme/u", "created")));
        assertThat(records).hasSize(3);
        assertThat(records.get(1).topic()).isEqualTo(Topics.CONFIG_VERSIONS.name());
        assertThat(records.get(1).key()).isEqualTo(ConfigKeys.ofVersion(1));
        assertThat(records.get(1).value()).isNull();
    }

    private static Audited change(String kind, String id, String action) {
        return new Audited(kind, id, null, action, "{}", null);
    }
}
