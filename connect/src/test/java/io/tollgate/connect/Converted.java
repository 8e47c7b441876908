package io.tollgate.connect;

import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.StatsKey;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.schemas.topic.Topics;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Records as Connect hands them to a transform: encoded by the topology's codec, read by our converter. */
final class Converted {
    static final FixedSchemaIds IDS = new FixedSchemaIds();

    private static final AvroCodec<RatedUsage> RATED = AvroCodec.of(Topics.USAGE_RATED, IDS);
    private static final AvroCodec<UsageStats> STATS = AvroCodec.of(Topics.USAGE_STATS, IDS);
    private static final AvroConverter CONVERTER = new AvroConverter(IDS);

    private Converted() {}

    static SinkRecord record(RatedUsage rated) {
        return record(
                "usage.rated",
                EventHash.of(rated.getCompany(), rated.getSource(), rated.getId()),
                CONVERTER.toConnectData("usage.rated", RATED.encode(rated)));
    }

    static SinkRecord record(UsageStats row) {
        return record("usage.stats", StatsKey.of(row), CONVERTER.toConnectData("usage.stats", STATS.encode(row)));
    }

    static SinkRecord record(String topic, @Nullable Object key, SchemaAndValue value) {
        return new SinkRecord(topic, 1, Schema.OPTIONAL_BYTES_SCHEMA, key, value.schema(), value.value(), 42);
    }
}
