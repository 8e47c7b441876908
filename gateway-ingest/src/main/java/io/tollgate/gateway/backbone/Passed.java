package io.tollgate.gateway.backbone;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Records that are no configuration, written in the transaction of the audit of them. Where it is not known whether that
 * was committed they are written again, so a second time must do no harm.
 */
public record Passed(List<ProducerRecord<byte[], byte[]>> records, List<Audited> audited) {}
