package io.tollgate.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All that has been measured and kept in the folder of results: one page of it, and its charts. */
public final class Collected {
    private static final String PAGE = "all.md";
    private static final String MARKDOWN = ".md";

    private Collected() {}

    /** Argument, with a default: the folder for the charts. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Figures.folder();
        Path charts = arguments.length > 0 ? Path.of(arguments[0]) : folder.resolve("charts");
        int drawn = draw(folder, charts);
        Files.writeString(folder.resolve(PAGE), page(folder));
        System.out.println(drawn + " charts in " + charts + ", all figures in " + folder.resolve(PAGE));
    }

    /** Draws the charts of all results, and says how many there were. */
    static int draw(Path results, Path charts) throws IOException {
        Files.createDirectories(charts);
        int drawn = 0;
        for (Path file : files(results, ".json")) {
            for (JsonNode chart : JsonMapper.shared().readTree(file).path("charts")) {
                Chart read = JsonMapper.shared().treeToValue(chart, Chart.class);
                Files.writeString(charts.resolve(read.name() + ".svg"), ChartSvg.of(read));
                drawn++;
            }
        }
        return drawn;
    }

    static String page(Path results) throws IOException {
        StringBuilder page = new StringBuilder();
        for (Path file : files(results, MARKDOWN)) {
            String name = file.getFileName().toString();
            if (!name.equals(PAGE)) {
                page.append("## ")
                        .append(name, 0, name.length() - MARKDOWN.length())
                        .append("\n\n");
                page.append(Files.readString(file)).append('\n');
            }
        }
        return page.toString();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
