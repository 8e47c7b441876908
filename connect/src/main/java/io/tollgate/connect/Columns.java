package io.tollgate.connect;

import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.RowId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/**
 * The kinds of columns that there are. Decimals are Connect's, since that is the one number that every JDBC sink binds without
 * a float. Each value keeps the scale that it has: the schema has room for one, and a schema for each value would end a
 * sink's batch with every record. So the schema's scale says nothing of the column that is to be made for it.
 */
final class Columns {
    /** 12 decimals of a quantity times 24 of a price: what the schema names where no scale is set. */
    private static final int NOMINAL_SCALE = 36;

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MICROS_PER_DAY = Duration.ofDays(1).toMillis() * MICROS_PER_MILLI;

    private final RowForm form;

    Columns(RowForm form) {
        this.form = form;
    }

    Column text(String name) {
        return text(name, name);
    }

    Column text(String name, String field) {
        return read(name, SchemaBuilder.string(), field, text -> JsonText.storable((String) text));
    }

    /** A symbol of an enumeration, in lower case. */
    Column word(String name) {
        return read(name, SchemaBuilder.string(), name, symbol -> JsonText.word((String) symbol));
    }

    Column integer(String name) {
        return new Column(name, SchemaBuilder.int32(), usage -> usage.field(name));
    }

    Column bigint(String name) {
        return new Column(name, SchemaBuilder.int64(), usage -> usage.field(name));
    }

    Column truth(String name) {
        return new Column(name, SchemaBuilder.bool(), usage -> usage.field(name));
    }

    Column json(String name) {
        return read(name, SchemaBuilder.string(), name, JsonText::of);
    }

    Column quantities(String name) {
        return read(name, SchemaBuilder.string(), name, list -> JsonText.ofQuantities((List<?>) list));
    }

    Column reading(String name) {
        return read(name, SchemaBuilder.string(), name, struct -> JsonText.ofReading((Struct) struct));
    }

    Column decimal(String name) {
        Integer scale = form.decimalScale();
        return read(
                name,
                Decimal.builder(scale == null ? NOMINAL_SCALE : scale),
                name,
                struct -> fitted(name, Amount.of((Struct) struct)));
    }

    private BigDecimal fitted(String name, BigDecimal amount) {
        Integer scale = form.decimalScale();
        if (scale == null) {
            return amount;
        }
        if (amount.scale() > scale) {
            throw new DataException(name + " " + amount.toPlainString() + " has " + amount.scale() + " decimals and "
                    + UsageRows.DECIMAL_SCALE + " is " + scale + ": nothing is rounded");
        }
        return amount.setScale(scale);
    }

    /** A UTC day, of a field in epoch µs. */
    Column day(String name, String field) {
        return read(
                name,
                Date.builder(),
                field,
                micros -> Date.toLogical(Date.SCHEMA, (int) Math.floorDiv((Long) micros, MICROS_PER_DAY)));
    }

    Column time(String name) {
        return switch (form.timestamps()) {
            case CONNECT ->
                read(
                        name,
                        Timestamp.builder(),
                        name,
                        micros ->
                                Timestamp.toLogical(Timestamp.SCHEMA, Math.floorDiv((Long) micros, MICROS_PER_MILLI)));
            case DEBEZIUM ->
                read(
                        name,
                        SchemaBuilder.string()
                                .name("io.debezium.time.ZonedTimestamp")
                                .version(1),
                        name,
                        micros -> Instant.EPOCH
                                .plus((Long) micros, ChronoUnit.MICROS)
                                .toString());
        };
    }

    /** The key of usage.rated, made anew: a record that was copied by another tool may have lost it. */
    Column eventHash(String name) {
        return new Column(name, SchemaBuilder.string(), usage -> HexFormat.of()
                .formatHex(EventHash.of(usage.text("company"), usage.text("source"), usage.text("id"))));
    }

    Column rowId(String name) {
        return new Column(name, SchemaBuilder.string(), usage -> RowId.of(usage.keyBytes()));
    }

    private static Column read(String name, SchemaBuilder type, String field, Function<Object, Object> reading) {
        return new Column(name, type, usage -> {
            Object value = usage.field(field);
            return value == null ? null : reading.apply(value);
        });
    }
}
