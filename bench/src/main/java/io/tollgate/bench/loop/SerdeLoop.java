package io.tollgate.bench.loop;

import io.tollgate.avro.Entry;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.Submission;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.topic.Topic;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the topology reads and writes for each event, from bytes and to bytes: a call of three dimensions. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SerdeLoop {
    private final FixedSchemaIds ids = new FixedSchemaIds();
    private final Codecs codecs = Codecs.settle(ids);
    private final AvroCodec<Entry> entries =
            AvroCodec.of(new Topic("entries", Entry.getClassSchema(), Topic.Spread.EVENTS, null), ids);
    private final Submission submission = NewUsage.submission();
    private final byte[] submissionBytes = codecs.events().encode(submission);
    private final RatedUsage row = NewUsage.row();
    private final Entry entry = NewUsage.entry();
    private final byte[] entryBytes = entries.encode(entry);

    @Benchmark
    public byte[] submissionToBytes() {
        return codecs.events().encode(submission);
    }

    @Benchmark
    public Submission submissionFromBytes() {
        return codecs.events().decode(submissionBytes);
    }

    @Benchmark
    public byte[] ratedToBytes() {
        return codecs.rated().encode(row);
    }

    @Benchmark
    public byte[] entryToBytes() {
        return entries.encode(entry);
    }

    @Benchmark
    public Entry entryFromBytes() {
        return entries.decode(entryBytes);
    }
}
