package io.tollgate.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.UsageStats;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageRowsTest {
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final RandomUsage random = new RandomUsage(seed);

    @Test
    void aLedgerRowHasEveryFieldInItsColumn() {
        for (int round = 0; round < 200; round++) {
            RatedUsage rated = random.rated("acme", "req-" + round);
            SinkRecord row = apply(rows(Map.of("timestamps", "debezium")), Converted.record(rated));

            assertThat(row.topic()).isEqualTo("cost_calculations");
            assertThat(cells(row))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(ExpectedRows.comparable(ExpectedRows.of(rated)));
        }
    }

    @Test
    void totalsHaveEveryFieldInItsColumn() {
        for (int round = 0; round < 200; round++) {
            Granularity granularity = round % 2 == 0 ? Granularity.DAY : Granularity.QUARTER_HOUR;
            UsageStats totals = random.stats("acme", granularity, round);
            SinkRecord row = apply(rows(Map.of("timestamps", "debezium")), Converted.record(totals));

            assertThat(row.topic()).isEqualTo(granularity == Granularity.DAY ? "usage_stats" : "usage_stats_intraday");
            assertThat(cells(row))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(ExpectedRows.comparable(ExpectedRows.of(totals)));
        }
    }

    @Test
    void whatConfluentsConverterGivesIsTheSame() {
        for (int round = 0; round < 100; round++) {
            SinkRecord ours = Converted.record(random.rated("acme", "req-" + round));
            SinkRecord theirs = Converted.record("usage.rated", ours.key(), LikeConfluent.of(ours));

            assertThat(theirs.valueSchema()).isNotEqualTo(ours.valueSchema());
            assertThat(apply(rows(Map.of()), theirs).value())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(apply(rows(Map.of()), ours).value());
        }
    }

    @Test
    void allRowsOfATableHaveOneSchema() {
        UsageRows<SinkRecord> rows = rows(Map.of());
        Schema first =
                apply(rows, Converted.record(random.rated("acme", "req-1"))).valueSchema();
        Schema second =
                apply(rows, Converted.record(random.rated("acme", "req-2"))).valueSchema();

        // A sink ends its batch where the schema changes.
        assertThat(second).isSameAs(first);
    }

    @Test
    void connectsOwnTimestampsAreTheDefaultAndEndAtTheMillisecond() {
        RatedUsage rated = RatedUsage.newBuilder(random.rated("acme", "req-1"))
                .setEventTime(1_700_000_000_123_999L)
                .build();
        Struct row = (Struct) apply(rows(Map.of()), Converted.record(rated)).value();

        assertThat(row.schema().field("event_time").schema()).isEqualTo(Timestamp.SCHEMA);
        assertThat(((Date) row.get("event_time")).toInstant()).isEqualTo(Instant.parse("2023-11-14T22:13:20.123Z"));
    }

    @Test
    void amountsKeepTheirOwnScaleUnlessOneIsSet() {
        RatedUsage rated = RatedUsage.newBuilder(random.rated("acme", "req-1"))
                .setCost(RandomUsage.exact("0.000000000000000000000001"))
                .setListCost(RandomUsage.exact("99999999999999999999999999999999999999"))
                .setTokens(RandomUsage.exact("-12.5"))
                .build();
        Struct own = (Struct) apply(rows(Map.of()), Converted.record(rated)).value();
        assertThat(own.get("cost")).isEqualTo(new BigDecimal("0.000000000000000000000001"));
        assertThat(own.get("list_cost")).isEqualTo(new BigDecimal("99999999999999999999999999999999999999"));
        assertThat(own.get("tokens")).isEqualTo(new BigDecimal("-12.5"));

        Struct padded = (Struct) apply(rows(Map.of("decimal.scale", "24")), Converted.record(rated))
                .value();
        assertThat(padded.schema().field("cost").schema())
                .isEqualTo(Decimal.builder(24).optional().build());
        assertThat(padded.get("cost")).isEqualTo(new BigDecimal("0.000000000000000000000001"));
        assertThat(padded.get("tokens")).isEqualTo(new BigDecimal("-12.500000000000000000000000"));
    }

    @Test
    void anAmountThatWouldHaveToBeRoundedIsRefused() {
        RatedUsage rated = RatedUsage.newBuilder(random.rated("acme", "req-1"))
                .setTokens(RandomUsage.exact("1"))
                .setListCost(null)
                .setCost(RandomUsage.exact("0.0000000000001"))
                .build();

        assertThatThrownBy(() -> apply(rows(Map.of("decimal.scale", "12")), Converted.record(rated)))
                .isInstanceOf(DataException.class)
                .hasMessage("cost 0.0000000000001 has 13 decimals and decimal.scale is 12: nothing is rounded");
    }

    @Test
    void aTombstonePassesNoFurther() {
        SinkRecord tombstone = Converted.record("usage.stats", new byte[] {1}, SchemaAndValue.NULL);

        assertThat(rows(Map.of()).apply(tombstone)).isNull();
    }

    @Test
    void whatIsNoUsageSaysWhatToDo() {
        UsageRows<SinkRecord> rows = rows(Map.of());
        SinkRecord bytes = Converted.record(
                "usage.stats", new byte[] {1}, new SchemaAndValue(Schema.BYTES_SCHEMA, new byte[] {0}));
        Schema amount = ConnectSchemas.of(ExactDecimal.getClassSchema());
        SinkRecord other = Converted.record(
                "usage.outcomes",
                new byte[] {1},
                new SchemaAndValue(
                        amount, new Struct(amount).put("unscaled", 1L).put("scale", 0)));
        SinkRecord keyless = Converted.record(random.stats("acme", Granularity.DAY, 1));
        SinkRecord readAsText =
                Converted.record("usage.stats", "text", new SchemaAndValue(keyless.valueSchema(), keyless.value()));
        SinkRecord unknown = Converted.record(random.stats("acme", Granularity.UNKNOWN, 1));

        assertThatThrownBy(() -> rows.apply(bytes))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("set value.converter")
                .hasMessageContaining("io.tollgate.connect.AvroConverter");
        assertThatThrownBy(() -> rows.apply(other))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("io.tollgate.avro.ExactDecimal: neither");
        assertThatThrownBy(() -> rows.apply(readAsText))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("ByteArrayConverter");
        assertThatThrownBy(() -> rows.apply(unknown))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("granularity that is not known here: UNKNOWN");
    }

    @Test
    void aSettingThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> rows(Map.of("timestamps", "nanoseconds"))).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> rows(Map.of("decimal.scale", "-1"))).isInstanceOf(ConfigException.class);
    }

    private static UsageRows<SinkRecord> rows(Map<String, String> settings) {
        UsageRows<SinkRecord> rows = new UsageRows<>();
        rows.configure(settings);
        return rows;
    }

    private static SinkRecord apply(UsageRows<SinkRecord> rows, SinkRecord record) {
        SinkRecord row = Objects.requireNonNull(rows.apply(record));
        assertThat(row.key()).isEqualTo(record.key());
        assertThat(row.kafkaOffset()).isEqualTo(record.kafkaOffset());
        assertThat(row.originalTopic()).isEqualTo(record.topic());
        return row;
    }

    /** As {@link ExpectedRows} has them. */
    private static Map<String, @Nullable Object> cells(SinkRecord record) {
        Struct row = (Struct) record.value();
        Map<String, @Nullable Object> cells = new LinkedHashMap<>();
        for (Field field : row.schema().fields()) {
            cells.put(field.name(), cell(field, row.get(field)));
        }
        return cells;
    }

    private static @Nullable Object cell(Field field, @Nullable Object value) {
        if (value instanceof Date day) {
            return LocalDate.ofInstant(day.toInstant(), ZoneOffset.UTC);
        }
        if (value == null || !(value instanceof String text)) {
            return value;
        }
        if ("io.debezium.time.ZonedTimestamp".equals(field.schema().name())) {
            return Instant.parse(text);
        }
        return ExpectedRows.JSON_COLUMNS.contains(field.name()) ? ExpectedRows.parsed(text) : text;
    }
}
