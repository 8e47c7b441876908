package io.tollgate.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One table of figures, as a page for people and as JSON for programs. Both are kept under its name, so that whoever wants
 * all that was measured finds it in one folder.
 */
public final class Figures {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final String name;
    private final String setting;
    private final String of;
    private final List<Column> columns;
    private final List<Row> rows = new ArrayList<>();
    private final List<Chart> charts = new ArrayList<>();

    /**
     * A table without rows.
     *
     * @param name of its files
     * @param setting what decides the figures, for people
     * @param of what the rows are, the head of the first column
     */
    public Figures(String name, String setting, String of, Column... columns) {
        this.name = name;
        this.setting = setting;
        this.of = of;
        this.columns = List.of(columns);
    }

    /** A column of numbers, and how many digits are shown behind the point. */
    public record Column(String head, int digits) {
        String cell(double value) {
            return String.format(Locale.ROOT, "%,." + digits + "f", value);
        }
    }

    private record Row(String label, List<Double> values) {}

    public static Column column(String head, int digits) {
        return new Column(head, digits);
    }

    /** Where everything that was measured goes. */
    public static Path folder() {
        return Path.of(System.getProperty("bench.home", "bench"), "target");
    }

    /** Adds a row, and says it: what takes minutes wants to be watched. */
    public void row(String label, double... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " figures for " + columns.size() + " columns");
        }
        Row row = new Row(label, Arrays.stream(values).boxed().toList());
        rows.add(row);
        System.err.println("  " + String.join("  ", cells(row)));
    }

    public void chart(Chart chart) {
        charts.add(chart);
    }

    /** A chart of one of the columns, a bar for each row. */
    public void chart(String chart, String title, Column column) {
        chart(chart, title, column, null);
    }

    /** The same, with a target. */
    public void chart(String chart, String title, Column column, Chart.@Nullable Mark target) {
        int index = columns.indexOf(column);
        charts.add(new Chart(
                chart,
                title,
                column.head(),
                rows.stream()
                        .map(row -> Chart.bar(row.label(), row.values().get(index)))
                        .toList(),
                target));
    }

    /** Prints the page, and keeps it and the JSON. */
    public void publish() throws IOException {
        Machine machine = Machine.here();
        String page = page(machine);
        Path folder = Files.createDirectories(folder());
        Files.writeString(folder.resolve(name + ".md"), page);
        Files.writeString(folder.resolve(name + ".json"), json(machine));
        System.out.println(page);
    }

    String page(Machine machine) {
        List<String> heads = new ArrayList<>(List.of(of));
        columns.forEach(column -> heads.add(column.head()));
        Table table = new Table(heads.toArray(String[]::new));
        rows.forEach(row -> table.row(cells(row)));
        return "Machine: " + machine.described() + ".\n\n" + setting + ".\n\n" + table;
    }

    String json(Machine machine) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("machine", machine);
        members.put("setting", setting);
        members.put("rows", rows.stream().map(this::members).toList());
        members.put("charts", charts);
        return JSON.writeValueAsString(members) + "\n";
    }

    private Map<String, Object> members(Row row) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(of, row.label());
        for (int i = 0; i < columns.size(); i++) {
            members.put(columns.get(i).head(), row.values().get(i));
        }
        return members;
    }

    private String[] cells(Row row) {
        List<String> cells = new ArrayList<>(List.of(row.label()));
        for (int i = 0; i < columns.size(); i++) {
            cells.add(columns.get(i).cell(row.values().get(i)));
        }
        return cells.toArray(String[]::new);
    }
}
