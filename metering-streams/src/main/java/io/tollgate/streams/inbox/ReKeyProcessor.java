package io.tollgate.streams.inbox;

import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.Submission;
import io.tollgate.schemas.DeadLetterKey;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.Fingerprint;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.UnreadableRecordException;
import io.tollgate.schemas.trace.TraceContext;
import io.tollgate.streams.check.MeteredCheck;
import io.tollgate.streams.check.Refusal;
import io.tollgate.streams.check.SubmissionCheck;
import io.tollgate.streams.dead.Origin;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Checks a submission that came by Kafka as the gateway checks one that came by HTTP, and gives it its key. */
final class ReKeyProcessor implements Processor<byte[], byte[], byte[], SpecificRecord> {
    private final Codecs codecs;
    private ProcessorContext<byte[], SpecificRecord> context;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    ReKeyProcessor(Codecs codecs) {
        this.codecs = codecs;
    }

    @Override
    public void init(ProcessorContext<byte[], SpecificRecord> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        Origin origin = Origin.of(at.topic(), at.partition(), at.offset(), record.timestamp(), record.value());
        Submission submission;
        try {
            submission = read(record.value());
        } catch (UnreadableRecordException e) {
            bury(record, origin.dead(new Refusal("unreadable", String.valueOf(e.getMessage()))));
            return;
        }
        if (submission == null) {
            bury(record, origin.dead(new Refusal("unreadable", "no value")));
            return;
        }
        Refusal tooLarge = MeteredCheck.size(submission, record.value().length);
        Refusal refusal = tooLarge == null ? check(submission, origin) : tooLarge;
        if (refusal != null) {
            bury(record, origin.dead(refusal, submission));
            return;
        }
        byte[] event = EventHash.of(submission.getCompany(), submission.getSource(), submission.getId());
        forward(event, submission, record, ReKey.REKEYED);
    }

    private @Nullable Submission read(byte @Nullable [] value) {
        return value == null ? null : codecs.inbox().decode(value);
    }

    /** What the client says of its own fingerprint is not asked: a wrong one would make its retries conflicts. */
    private static @Nullable Refusal check(Submission submission, Origin origin) {
        try {
            Refusal refusal = SubmissionCheck.check(submission, origin.appendedAt());
            if (refusal == null) {
                submission.setFingerprint(Fingerprint.of(submission));
            }
            return refusal;
        } catch (RuntimeException e) {
            return Refusal.internal(e);
        }
    }

    private void bury(Record<byte[], byte[]> record, DeadLetter letter) {
        forward(DeadLetterKey.of(record.key()), letter, record, ReKey.DEAD);
    }

    /** Of the headers that came only the trace goes on: the others are strangers'. */
    private void forward(byte @Nullable [] key, SpecificRecord value, Record<byte[], byte[]> came, String to) {
        TraceContext trace = TraceContext.of(came.headers());
        Record<byte[], SpecificRecord> record = new Record<>(key, value, came.timestamp());
        context.forward(trace == null ? record : record.withHeaders(trace.headers()), to);
    }
}
