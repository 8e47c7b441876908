package io.tollgate.usageapi.export.file;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.JsonType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * A column of a Parquet file. An amount has two: its exact text, and beside it a DECIMAL(38,18), which is null where the
 * amount does not fit without rounding.
 *
 * @param cell which cell of a row it holds
 * @param decimal whether it is the one beside an amount
 */
record ParquetColumn(String name, int cell, CellType type, boolean nullable, boolean decimal) {
    static final int PRECISION = 38;
    static final int SCALE = 18;
    private static final int DECIMAL_BYTES = 16;

    static List<ParquetColumn> of(int cell, Column column) {
        ParquetColumn own = new ParquetColumn(column.name(), cell, column.type(), column.nullable(), false);
        return column.type() == CellType.AMOUNT
                ? List.of(own, new ParquetColumn(decimalName(column.name()), cell, column.type(), true, true))
                : List.of(own);
    }

    /** As the column is spelled; of one that is not ours with the prefix of those that are. */
    static String decimalName(String name) {
        if (name.startsWith("x_")) {
            return name + "Decimal";
        }
        return Character.isUpperCase(name.charAt(0)) ? "x_" + name + "Decimal" : name + "_decimal";
    }

    /** What Parquet's writer needs to know of it. */
    PrimitiveType primitive() {
        var builder = nullable ? Types.optional(stored()) : Types.required(stored());
        return (decimal ? builder.length(DECIMAL_BYTES) : builder).named(name);
    }

    /** What a file's readers are told of it. */
    SchemaElement described() {
        SchemaElement element = new SchemaElement(name)
                .setType(Type.valueOf(stored().name().equals("BINARY") ? "BYTE_ARRAY" : stored().name()))
                .setRepetition_type(nullable ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED);
        if (decimal) {
            return element.setType_length(DECIMAL_BYTES)
                    .setPrecision(PRECISION)
                    .setScale(SCALE)
                    .setConverted_type(ConvertedType.DECIMAL)
                    .setLogicalType(LogicalType.DECIMAL(new DecimalType(SCALE, PRECISION)));
        }
        return switch (type) {
            case TEXT, AMOUNT ->
                element.setConverted_type(ConvertedType.UTF8).setLogicalType(LogicalType.STRING(new StringType()));
            case JSON -> element.setConverted_type(ConvertedType.JSON).setLogicalType(LogicalType.JSON(new JsonType()));
            case DATE -> element.setConverted_type(ConvertedType.DATE).setLogicalType(LogicalType.DATE(new DateType()));
            case TIME ->
                element.setConverted_type(ConvertedType.TIMESTAMP_MICROS)
                        .setLogicalType(
                                LogicalType.TIMESTAMP(new TimestampType(true, TimeUnit.MICROS(new MicroSeconds()))));
            case INTEGER, TRUTH -> element;
        };
    }

    void write(List<@Nullable String> cells, ColumnWriter column) {
        String value = cells.get(cell);
        int level = nullable ? 1 : 0;
        if (value == null) {
            if (!nullable) {
                throw new IllegalStateException(name + " is null, and must not be");
            }
            column.writeNull(0, 0);
        } else if (decimal) {
            Binary fitting = fitting(new BigDecimal(value));
            if (fitting == null) {
                column.writeNull(0, 0);
            } else {
                column.write(fitting, 0, level);
            }
        } else {
            write(value, level, column);
        }
    }

    private void write(String value, int level, ColumnWriter column) {
        switch (type) {
            case TEXT, AMOUNT, JSON -> column.write(Binary.fromString(value), 0, level);
            case DATE -> column.write(Math.toIntExact(LocalDate.parse(value).toEpochDay()), 0, level);
            case TIME -> column.write(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(value)), 0, level);
            case INTEGER -> column.write(Long.parseLong(value), 0, level);
            case TRUTH -> column.write(Boolean.parseBoolean(value), 0, level);
        }
    }

    /** Two's complement, big-endian; null where it would have to be rounded or is too large. */
    private static @Nullable Binary fitting(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.scale() > SCALE || plain.precision() - plain.scale() > PRECISION - SCALE) {
            return null;
        }
        byte[] integer = plain.setScale(SCALE).unscaledValue().toByteArray();
        byte[] fixed = new byte[DECIMAL_BYTES];
        Arrays.fill(fixed, 0, DECIMAL_BYTES - integer.length, (byte) (integer[0] < 0 ? -1 : 0));
        System.arraycopy(integer, 0, fixed, DECIMAL_BYTES - integer.length, integer.length);
        return Binary.fromConstantByteArray(fixed);
    }

    private PrimitiveTypeName stored() {
        if (decimal) {
            return PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        }
        return switch (type) {
            case TEXT, AMOUNT, JSON -> PrimitiveTypeName.BINARY;
            case DATE -> PrimitiveTypeName.INT32;
            case TIME, INTEGER -> PrimitiveTypeName.INT64;
            case TRUTH -> PrimitiveTypeName.BOOLEAN;
        };
    }
}
