package io.tollgate.standalone.promql;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service shows to Prometheus.
 *
 * @param types of metrics by their names, as the page declares them
 * @param labels of samples by their names: a histogram's samples have names of their own
 */
public record Scrape(Map<String, String> types, Map<String, Set<String>> labels) {
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"(?:[^\"\\\\]|\\\\.)*\",?");

    public Scrape() {
        this(new TreeMap<>(), new TreeMap<>());
    }

    /** Adds a page, in Prometheus' text format. */
    public void add(String page) {
        page.lines().filter(line -> !line.isBlank()).forEach(this::line);
    }

    private void line(String line) {
        if (line.startsWith("#")) {
            Matcher type = TYPE.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
            }
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException("no sample: " + line);
        }
        Set<String> own = labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
        if (sample.group(2) != null) {
            Matcher label = LABEL.matcher(sample.group(2));
            while (label.find()) {
                own.add(label.group(1));
            }
        }
    }
}
