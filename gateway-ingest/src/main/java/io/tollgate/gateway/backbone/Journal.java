package io.tollgate.gateway.backbone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.avro.Actor;
import io.tollgate.avro.AuditEntry;
import io.tollgate.avro.ConfigVersion;
import io.tollgate.schemas.config.ConfigKeys;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What is written beside a change, in its transaction: its number, and an audit entry for each record that it changes. Of
 * the numbers the newest {@value #VERSIONS_KEPT} are kept at hand; the audit keeps them all.
 */
final class Journal {
    private static final int VERSIONS_KEPT = 10_000;
    private static final int PARTITION = 0;

    private final Codecs codecs;

    Journal(Codecs codecs) {
        this.codecs = codecs;
    }

    /**
     * The records, the version's first.
     *
     * @param number of the change
     * @param at epoch µs
     * @param changes at least one
     */
    List<ProducerRecord<byte[], byte[]>> records(long number, long at, Actor actor, List<Audited> changes) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(changes.size() + 2);
        String more = changes.size() == 1 ? "" : " and " + (changes.size() - 1) + " more";
        ConfigVersion version = new ConfigVersion(
                number, at, actor, changes.size(), changes.get(0).summary() + more);
        records.add(new ProducerRecord<>(
                Topics.CONFIG_VERSIONS.name(),
                PARTITION,
                ConfigKeys.of(version),
                codecs.versions().encode(version)));
        if (number > VERSIONS_KEPT) {
            records.add(new ProducerRecord<>(
                    Topics.CONFIG_VERSIONS.name(), PARTITION, ConfigKeys.ofVersion(number - VERSIONS_KEPT), null));
        }
        for (int position = 0; position < changes.size(); position++) {
            records.add(entry(number, position, at, actor, changes.get(position)));
        }
        return records;
    }

    private ProducerRecord<byte[], byte[]> entry(long number, int position, long at, Actor actor, Audited audited) {
        AuditEntry entry = new AuditEntry(
                number,
                position,
                at,
                actor,
                audited.action(),
                audited.kind(),
                audited.id(),
                audited.company(),
                audited.before(),
                audited.after());
        byte[] key = (audited.kind() + "/" + audited.id()).getBytes(UTF_8);
        return new ProducerRecord<>(
                Topics.AUDIT_LOG.name(), PARTITION, key, codecs.audit().encode(entry));
    }
}
