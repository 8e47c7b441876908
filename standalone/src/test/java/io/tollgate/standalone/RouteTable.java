package io.tollgate.standalone;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of docs/tenants.md: under each service's heading a row for each route and in it a status for each kind of
 * key; under {@code Codes} the codes of refusals.
 *
 * @param rows statuses by route, by service
 * @param codes by kind of key, for each of the {@link Door}s
 */
record RouteTable(Map<Service, Map<String, Map<KeyKind, Integer>>> rows, Map<Door, Map<KeyKind, Set<String>>> codes) {
    static final Path PAGE = Path.of("../docs/tenants.md");

    /** Whose refusals use the same words. */
    enum Door {
        KEYS,
        ADMIN,
        SINK;

        static Door of(Service service, String route) {
            return service == Service.SINK ? SINK : route.contains(" /admin/") ? ADMIN : KEYS;
        }
    }

    static RouteTable read() throws IOException {
        Map<Service, Map<String, Map<KeyKind, Integer>>> rows = new EnumMap<>(Service.class);
        Map<Door, Map<KeyKind, Set<String>>> codes = new EnumMap<>(Door.class);
        for (Service service : Service.values()) {
            rows.put(service, new LinkedHashMap<>());
        }
        for (Door door : Door.values()) {
            codes.put(door, new EnumMap<>(KeyKind.class));
        }
        String section = "";
        List<String> head = List.of();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                section = line.substring(3).trim();
                head = List.of();
            } else if (line.startsWith("|")) {
                List<String> cells = cells(line);
                Service service = service(section);
                if (head.isEmpty()) {
                    head = cells;
                } else if (service != null && !isRule(cells)) {
                    Map<KeyKind, Integer> row = new EnumMap<>(KeyKind.class);
                    for (int i = 1; i < cells.size(); i++) {
                        row.put(kind(head.get(i)), Integer.valueOf(cells.get(i)));
                    }
                    of(rows, service).put(code(cells.get(0)), row);
                } else if (section.equals("Codes") && !isRule(cells)) {
                    int column = 1;
                    for (Door door : Door.values()) {
                        of(codes, door).put(kind(cells.get(0)), words(cells.get(column++)));
                    }
                }
            }
        }
        return new RouteTable(rows, codes);
    }

    /** A service's rows, by route. */
    Map<String, Map<KeyKind, Integer>> of(Service service) {
        return of(rows, service);
    }

    /** The codes of what guards a route, by kind of key. */
    Map<KeyKind, Set<String>> codes(Service service, String route) {
        return of(codes, Door.of(service, route));
    }

    /** A row as the page has it. */
    static String row(String route, Map<KeyKind, Integer> statuses) {
        return Arrays.stream(KeyKind.values())
                .map(kind -> String.valueOf(statuses.get(kind)))
                .collect(joining(" | ", "| `" + route + "` | ", " |"));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(String::trim)
                .toList();
    }

    /** The line between a table's head and its rows. */
    private static boolean isRule(List<String> cells) {
        return cells.get(0).startsWith("--");
    }

    private static <K, V> V of(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    private static @Nullable Service service(String title) {
        for (Service service : Service.values()) {
            if (service.title().equals(title)) {
                return service;
            }
        }
        return null;
    }

    private static KeyKind kind(String column) {
        for (KeyKind kind : KeyKind.values()) {
            if (kind.column().equals(column)) {
                return kind;
            }
        }
        throw new AssertionError(PAGE + " has a column or row '" + column + "', and there is no such kind of key");
    }

    private static String code(String cell) {
        return cell.replace("`", "");
    }

    private static Set<String> words(String cell) {
        return cell.isEmpty() ? Set.of() : Set.of(code(cell).split(",\\s*"));
    }
}
