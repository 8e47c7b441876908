package io.tollgate.usageapi.export.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
    private static final List<Column> COLUMNS = List.of(
            Column.orNull("name", CellType.TEXT),
            Column.of("day", CellType.DATE),
            Column.orNull("time", CellType.TIME),
            Column.of("number", CellType.INTEGER),
            Column.of("truth", CellType.TRUTH),
            Column.orNull("cost", CellType.AMOUNT),
            Column.of("lines", CellType.JSON));

    private static final String TOO_PRECISE = "0.1234567890123456789";

    @Test
    void csvTellsNothingFromAnEmptyTextAndQuotesWhatItMust() throws IOException {
        assertThat(text(
                        FileFormat.CSV,
                        row(null, "2026-11-01", null, "-3", "true", null, "[]"),
                        row("", "2026-11-01", "2026-11-01T00:00:00.000001Z", "0", "false", "-0.5", "{\"a\":\"b\"}"),
                        row("a, \"b\"\r\nc", "2026-11-01", null, "0", "false", "1", "[]")))
                .isEqualTo(String.join(
                        "\r\n",
                        "name,day,time,number,truth,cost,lines",
                        ",2026-11-01,,-3,true,,[]",
                        "\"\",2026-11-01,2026-11-01T00:00:00.000001Z,0,false,-0.5,\"{\"\"a\"\":\"\"b\"\"}\"",
                        "\"a, \"\"b\"\"",
                        "c\",2026-11-01,,0,false,1,[]",
                        ""));
    }

    @Test
    void aTextThatASpreadsheetWouldCalculateIsMarked() throws IOException {
        for (String formula : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1")) {
            assertThat(text(FileFormat.CSV, row(formula, "2026-11-01", null, "-3", "true", "-1", "[]")))
                    .endsWith("\r\n'" + formula + ",2026-11-01,,-3,true,-1,[]\r\n");
        }
    }

    @Test
    void ndjsonHasEveryMemberAndAmountsAsStrings() throws IOException {
        String rows = text(
                FileFormat.NDJSON,
                row("=é\t", "2026-11-01", null, "-3", "true", "0.10", "[{\"a\":\"1\"}]"),
                row(null, "2026-11-02", null, "4", "false", null, "[]"));
        assertThat(rows).endsWith("}" + '\n');
        assertThat(rows.lines())
                .containsExactly(
                        "{\"name\":\"=é\\t\",\"day\":\"2026-11-01\",\"time\":null,\"number\":-3,\"truth\":true,"
                                + "\"cost\":\"0.10\",\"lines\":[{\"a\":\"1\"}]}",
                        "{\"name\":null,\"day\":\"2026-11-02\",\"time\":null,\"number\":4,\"truth\":false,"
                                + "\"cost\":null,\"lines\":[]}");
        assertThat(text(FileFormat.NDJSON)).isEmpty();
    }

    /** DuckDB shares no code with what writes the file. */
    @Test
    void duckDbReadsWhatIsWrittenAsParquet(@TempDir Path folder) throws IOException, SQLException {
        List<String[]> rows = new ArrayList<>();
        // Several row groups, pages that outgrow their dictionary, and nulls in between.
        for (int i = 0; i < 60_000; i++) {
            rows.add(row(
                    i % 3 == 0 ? null : "name " + i,
                    "2026-11-0" + (1 + i % 9),
                    i % 5 == 0 ? null : "2026-11-01T00:00:00.0000" + (10 + i % 90) + "Z",
                    Integer.toString(i),
                    Boolean.toString(i % 2 == 0),
                    i % 7 == 0 ? null : "-0.00000" + (i + 1),
                    "[" + i + "]"));
        }
        rows.add(row("edge", "1970-01-01", null, "9223372036854775807", "true", TOO_PRECISE, "[]"));
        rows.add(row("edge", "1969-12-31", null, "-1", "true", "99999999999999999999.999999999999999999", "[]"));
        rows.add(row("edge", "2026-11-01", null, "-2", "true", "-99999999999999999999.999999999999999999", "[]"));
        rows.add(row("edge", "2026-11-01", null, "-3", "true", "100000000000000000000", "[]"));
        Path file = folder.resolve("rows.parquet");
        Files.write(file, bytes(FileFormat.PARQUET, rows.toArray(String[][]::new)));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = duck.createStatement()) {
            String from = " FROM '" + file + "'";
            assertThat(one(sql, "SELECT count(*)" + from)).isEqualTo("60004");
            assertThat(one(sql, "SELECT count(*)" + from + " WHERE name IS NULL"))
                    .isEqualTo("20000");
            assertThat(one(sql, "SELECT sum(number)" + from + " WHERE name IS NULL OR name <> 'edge'"))
                    .isEqualTo("1799970000");
            assertThat(one(
                            sql,
                            "SELECT name || day || time::timestamp || truth || cost || cost_decimal || lines" + from
                                    + " WHERE number = 50001"))
                    .isNull();
            assertThat(one(
                            sql,
                            "SELECT name || ' ' || day || ' ' || epoch_us(time) || ' ' || truth || ' ' || cost || ' '"
                                    + " || cost_decimal || ' ' || lines" + from + " WHERE number = 50002"))
                    .isEqualTo(
                            "name 50002 2026-11-08 1793491200000062 true -0.0000050003 -0.000005000300000000 [50002]");
            assertThat(one(
                            sql,
                            "SELECT typeof(cost_decimal) || typeof(day) || typeof(time) || typeof(lines)" + from
                                    + " LIMIT 1"))
                    .isEqualTo("DECIMAL(38,18)DATETIMESTAMP WITH TIME ZONEJSON");
            assertThat(one(
                            sql,
                            "SELECT string_agg(coalesce(cost_decimal::text, 'null'), ' ' ORDER BY number DESC)" + from
                                    + " WHERE name = 'edge'"))
                    .isEqualTo("null 99999999999999999999.999999999999999999"
                            + " -99999999999999999999.999999999999999999 null");
            assertThat(one(sql, "SELECT cost" + from + " WHERE number = 9223372036854775807"))
                    .isEqualTo(TOO_PRECISE);
            assertThat(one(
                            sql,
                            "SELECT string_agg(day::text, ' ' ORDER BY day)" + from
                                    + " WHERE number IN (-1, 9223372036854775807)"))
                    .isEqualTo("1969-12-31 1970-01-01");
            assertThat(one(sql, "SELECT count(DISTINCT row_group_id) FROM parquet_metadata('" + file + "')"))
                    .isNotEqualTo("1");
        }
    }

    @Test
    void aParquetFileWithoutRowsHasItsColumns(@TempDir Path folder) throws IOException, SQLException {
        Path file = folder.resolve("none.parquet");
        Files.write(file, bytes(FileFormat.PARQUET));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = duck.createStatement()) {
            assertThat(one(sql, "SELECT count(*) FROM '" + file + "'")).isEqualTo("0");
            assertThat(one(sql, "SELECT string_agg(column_name, ' ') FROM (DESCRIBE SELECT * FROM '" + file + "')"))
                    .isEqualTo("name day time number truth cost cost_decimal lines");
        }
    }

    @Test
    void theColumnsBesideAmountsAreNamedAsTheyAre() {
        assertThat(ParquetColumn.decimalName("list_cost")).isEqualTo("list_cost_decimal");
        assertThat(ParquetColumn.decimalName("BilledCost")).isEqualTo("x_BilledCostDecimal");
        assertThat(ParquetColumn.decimalName("x_ListCost")).isEqualTo("x_ListCostDecimal");
    }

    @Test
    void theSameRowsAreTheSameBytes() throws IOException {
        String[] row = row("a", "2026-11-01", "2026-11-01T00:00:00Z", "1", "true", "0.1", "[]");
        for (FileFormat format : FileFormat.values()) {
            assertThat(bytes(format, row, row)).isEqualTo(bytes(format, row, row));
        }
    }

    @Test
    void whatMustNotBeNullIsNotWrittenAsNull() {
        assertThatThrownBy(() -> bytes(FileFormat.PARQUET, row("a", null, null, "1", "true", null, "[]")))
                .hasMessageContaining("day is null");
    }

    private static @Nullable String one(Statement sql, String select) throws SQLException {
        try (ResultSet row = sql.executeQuery(select)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String text(FileFormat format, @Nullable String[]... rows) throws IOException {
        return new String(bytes(format, rows), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(FileFormat format, @Nullable String[]... rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RowWriter writer = format.open(bytes, COLUMNS);
        for (@Nullable String[] row : rows) {
            writer.row(Arrays.asList(row));
        }
        writer.end();
        return bytes.toByteArray();
    }

    private static @Nullable String[] row(@Nullable String... cells) {
        return cells;
    }
}
