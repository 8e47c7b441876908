package io.tollgate.standalone;

import io.tollgate.standalone.oracle.Money;
import io.tollgate.standalone.oracle.Oracle.Day;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What answers and files tell of money, day by day, company, user, model, team and currency, over some days. Files are read
 * by DuckDB, which knows nothing of how they were written, and added up here, since their amounts have more digits than
 * its decimals.
 */
final class ToldMoney {
    private static final String STATS =
            "/v1/stats?window=day&group_by=company,user,provider,model,label:team&from=%s&to=%s";
    private static final String METER = "/api/v1/meters/%s/query?windowSize=DAY"
            + "&groupBy=customer_id,subject,provider,model,label:team&from=%sT00:00:00Z&to=%sT00:00:00Z";

    private static final List<String> NATIVE = List.of(
            "company",
            "billing_day",
            "\"user\"",
            "provider",
            "model",
            "labels->>'team'",
            "currency",
            "cost",
            "list_cost");
    private static final List<String> FOCUS = List.of(
            "BillingAccountId",
            "ChargePeriodStart",
            "SubAccountId",
            "ServiceName",
            "x_Model",
            "Tags->>'team'",
            "BillingCurrency",
            "BilledCost",
            "x_KnownListCost");

    private final TollgateClient client;
    private final LocalDate from;
    private final LocalDate to;
    private final Path folder;

    /** @param folder for what is read as a file */
    ToldMoney(TollgateClient client, LocalDate from, LocalDate to, Path folder) {
        this.client = client;
        this.from = from;
        this.to = to;
        this.folder = folder;
    }

    /** A file of an export, and what is said of it. */
    record Exported(Money.Sums sums, long rows, Path file, JsonNode manifest) {
        Map<String, Money> manifestSums() {
            Map<String, Money> sums = new TreeMap<>();
            manifest.get("sums").forEach(sum -> sums.put(text(sum, "currency"), money(sum)));
            return sums;
        }
    }

    Money.Sums stats() throws IOException, InterruptedException {
        Money.Sums sums = new Money.Sums();
        for (JsonNode row : client.read(STATS.formatted(from, to)).get("rows")) {
            Day day = new Day(
                    text(row, "company"),
                    day(text(row, "window_start")),
                    text(row, "user"),
                    text(row, "provider"),
                    text(row, "model"),
                    text(row, "label:team"));
            sums.add(day, row.get("currency").asString(null), money(row));
        }
        return sums;
    }

    Money.Sums statsCsv() throws IOException, InterruptedException, SQLException {
        Path file = folder.resolve("stats.csv");
        client.save(STATS.formatted(from, to), "text/csv", file);
        Money.Sums sums = new Money.Sums();
        read(
                "company, window_start, \"user\", provider, model, \"label:team\", currency, cost, list_cost",
                csv(file),
                sums);
        return sums;
    }

    /** Costs and list costs are a meter each. */
    Money.Sums meters() throws IOException, InterruptedException {
        Money.Sums sums = new Money.Sums();
        for (String meter : List.of("cost", "list_cost")) {
            for (JsonNode row : client.read(METER.formatted(meter, from, to)).get("data")) {
                JsonNode group = row.get("groupBy");
                Day day = new Day(
                        text(row, "customerId"),
                        day(text(row, "windowStart")),
                        text(row, "subject"),
                        text(group, "provider"),
                        text(group, "model"),
                        text(group, "label:team"));
                BigDecimal value = new BigDecimal(text(row, "value_exact"));
                sums.add(
                        day,
                        text(group, "currency"),
                        meter.equals("cost") ? Money.of(value, null) : Money.of(null, value));
            }
        }
        return sums;
    }

    Money.Sums metersCsv() throws IOException, InterruptedException, SQLException {
        Money.Sums sums = new Money.Sums();
        for (String meter : List.of("cost", "list_cost")) {
            Path file = folder.resolve(meter + ".csv");
            client.save(METER.formatted(meter, from, to), "text/csv", file);
            String amounts = meter.equals("cost") ? "value, NULL" : "NULL, value";
            read(
                    "customer_id, window_start, subject, provider, model, \"label:team\", currency, " + amounts,
                    csv(file),
                    sums);
        }
        return sums;
    }

    Exported exported(String profile, String format) throws IOException, InterruptedException, SQLException {
        Path file = folder.resolve(profile + "." + format);
        String question = "from=%s&to=%s&profile=%s&format=%s".formatted(from, to, profile, format);
        String id = client.save("/v1/exports/usage?" + question, "*/*", file)
                .headers()
                .firstValue("x-export")
                .orElseThrow();
        List<String> columns = profile.equals("native") ? NATIVE : FOCUS;
        Money.Sums sums = new Money.Sums();
        long rows = read(String.join(", ", columns), source(format, file, columns), sums);
        return new Exported(sums, rows, file, client.read("/v1/exports/usage/manifest?export=" + id));
    }

    private static String source(String format, Path file, List<String> columns) {
        return switch (format) {
            case "csv" -> csv(file);
            case "ndjson" ->
                "read_json('%s', format = 'newline_delimited', columns = {%s})"
                        .formatted(
                                file,
                                columns.stream()
                                        .map(column -> column.replaceAll("->>.*", ""))
                                        .map(column -> column + ": '"
                                                + (column.matches("labels|Tags") ? "JSON" : "VARCHAR") + "'")
                                        .collect(Collectors.joining(", ")));
            default -> "'" + file + "'";
        };
    }

    private static String csv(Path file) {
        return "read_csv('" + file + "', header = true, all_varchar = true)";
    }

    /**
     * Adds the rows of a file.
     *
     * @param columns company, day, user, provider, model, team, currency, cost and list cost
     * @return how many rows they are
     */
    private static long read(String columns, String source, Money.Sums sums) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = duck.createStatement()) {
            sql.execute("SET TimeZone = 'UTC'");
            long rows = 0;
            try (ResultSet row =
                    sql.executeQuery("SELECT COLUMNS(*)::VARCHAR FROM (SELECT " + columns + " FROM " + source + ")")) {
                while (row.next()) {
                    Day day = new Day(
                            row.getString(1),
                            day(row.getString(2)),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6));
                    sums.add(day, row.getString(7), Money.of(decimal(row.getString(8)), decimal(row.getString(9))));
                    rows++;
                }
            }
            return rows;
        }
    }

    private static @Nullable BigDecimal decimal(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    /** Of a date or the beginning of a window. */
    private static LocalDate day(String text) {
        return LocalDate.parse(text.substring(0, 10));
    }

    private static Money money(JsonNode row) {
        return Money.of(
                decimal(row.get("cost").asString(null)),
                decimal(row.get("list_cost").asString(null)));
    }

    private static String text(JsonNode row, String member) {
        return row.get(member).asString();
    }
}
