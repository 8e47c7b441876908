package io.tollgate.usageapi.stats;

import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An answer as CSV (RFC 4180): a header, CRLF, quotes where they are needed. Each dimension of the answer has a column
 * {@code dimensions.NAME}. An absent value is empty, an empty text is {@code ""}.
 *
 * <p>Whoever sends events chooses users, models and labels, and a spreadsheet takes a cell that begins with = + - or @
 * for a formula. Such a text gets a single quote in front, which spreadsheets take for "this is text". Numbers are ours
 * and stay as they are.
 */
final class StatsCsv {
    /** Tab and the ends of a line too: some programs pass over them and find the formula behind. */
    private static final String BEGINS_A_FORMULA = "=+-@\t\r\n";

    private static final String DIMENSION_PREFIX = "dimensions.";

    private StatsCsv() {}

    static String of(StatsAnswer answer) {
        SortedSet<String> dimensions = answer.rows().stream()
                .flatMap(row -> row.dimensions().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        StringBuilder csv = new StringBuilder();
        append(csv, header(answer.groups(), dimensions));
        for (StatsRow row : answer.rows()) {
            append(csv, cells(row, dimensions));
        }
        return csv.toString();
    }

    private static List<@Nullable String> header(List<String> groups, SortedSet<String> dimensions) {
        List<@Nullable String> cells = new ArrayList<>(List.of("window_start"));
        groups.forEach(group -> cells.add(harmless(group)));
        cells.addAll(List.of("currency", "requests", "successes", "errors", "unpriced", "tokens", "cost", "list_cost"));
        dimensions.forEach(dimension -> cells.add(DIMENSION_PREFIX + dimension));
        return cells;
    }

    private static List<@Nullable String> cells(StatsRow row, SortedSet<String> dimensions) {
        List<@Nullable String> cells = new ArrayList<>();
        cells.add(row.windowStart().toString());
        row.groups().forEach(value -> cells.add(harmless(value)));
        cells.add(harmless(row.currency()));
        cells.add(row.counts().requests().toString());
        cells.add(row.counts().successes().toString());
        cells.add(row.counts().errors().toString());
        cells.add(row.counts().unpriced().toString());
        cells.add(row.tokens().toString());
        cells.add(Decimals.textOrNull(row.cost()));
        cells.add(Decimals.textOrNull(row.listCost()));
        for (String dimension : dimensions) {
            var quantity = row.dimensions().get(dimension);
            cells.add(quantity == null ? "0" : quantity.toString());
        }
        return cells;
    }

    private static void append(StringBuilder csv, List<@Nullable String> cells) {
        csv.append(cells.stream().map(StatsCsv::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static @Nullable String harmless(@Nullable String text) {
        boolean formula = text != null && !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }

    static String cell(@Nullable String value) {
        if (value == null) {
            return "";
        }
        boolean plain =
                !value.isEmpty() && value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
