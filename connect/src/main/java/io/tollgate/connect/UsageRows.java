package io.tollgate.connect;

import io.tollgate.connect.RowForm.Timestamps;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Makes of each record of {@code usage.rated} and {@code usage.stats} a flat row, and of its topic the name of the table:
 * {@code cost_calculations}, {@code usage_stats} or {@code usage_stats_intraday}. Nothing is rounded, unless Connect's own
 * timestamps are chosen, which end at the millisecond.
 *
 * <p>A record without a value passes no further: in {@code usage.stats} it ends a row in the topology's memory, and what the
 * row counted stays in the books.
 */
public final class UsageRows<R extends ConnectRecord<R>> implements Transformation<R> {
    static final String TIMESTAMPS = "timestamps";
    static final String DECIMAL_SCALE = "decimal.scale";

    private static final ConfigDef SETTINGS = new ConfigDef()
            .define(
                    TIMESTAMPS,
                    ConfigDef.Type.STRING,
                    "connect",
                    ValidString.in("connect", "debezium"),
                    Importance.MEDIUM,
                    "What a point in time is: connect (any sink; milliseconds) or debezium (Debezium's sink; microseconds)")
            .define(
                    DECIMAL_SCALE,
                    ConfigDef.Type.INT,
                    null,
                    optionally(Range.between(0, 1_000)),
                    Importance.MEDIUM,
                    "Decimals of the columns of amounts, for databases whose numbers have a fixed scale: an amount with more of"
                            + " them is refused, since the database would round it. Unset: each amount has its own scale");

    private Tables tables = new Tables(new RowForm(Timestamps.CONNECT, null));

    private static ConfigDef.Validator optionally(ConfigDef.Validator validator) {
        return (name, value) -> {
            if (value != null) {
                validator.ensureValid(name, value);
            }
        };
    }

    @Override
    public ConfigDef config() {
        return SETTINGS;
    }

    @Override
    public String version() {
        return Plugin.version();
    }

    @Override
    public void configure(Map<String, ?> settings) {
        AbstractConfig config = new AbstractConfig(SETTINGS, settings, false);
        Timestamps timestamps = Timestamps.valueOf(config.getString(TIMESTAMPS).toUpperCase(Locale.ROOT));
        tables = new Tables(new RowForm(timestamps, config.getInt(DECIMAL_SCALE)));
    }

    @Override
    public @Nullable R apply(R record) {
        if (record.value() == null) {
            return null;
        }
        if (!(record.value() instanceof Struct value)) {
            throw new DataException("a value that is no record: set value.converter to one that reads Avro, "
                    + AvroConverter.class.getName() + " say");
        }
        Usage usage = new Usage(record.key(), value);
        Table table = tables.of(usage);
        return record.newRecord(
                table.name(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                table.schema(),
                table.row(usage),
                record.timestamp());
    }

    @Override
    public void close() {}
}
