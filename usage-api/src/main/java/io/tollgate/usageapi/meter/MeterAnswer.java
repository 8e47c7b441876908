package io.tollgate.usageapi.meter;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.stats.Csv;
import io.tollgate.usageapi.stats.StatsRow;
import io.tollgate.usageapi.stats.WindowSize;
import io.tollgate.usageapi.stats.Windows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer as OpenMeter gives it. Beside the number, which a client may read as a double, stands the exact value. */
final class MeterAnswer {
    private static final String CURRENCY = "currency";

    /** Of a value. Money is apart by currency, all else is not. */
    private record Place(Instant windowStart, List<@Nullable String> groups, @Nullable String currency) {}

    private final MeterQuestion question;
    private final Windows windows;
    private final Map<Place, Decimal> values = new LinkedHashMap<>();

    /** @param rows answer to {@link MeterQuestion#totals}, of these windows */
    MeterAnswer(MeterQuestion question, Windows windows, List<StatsRow> rows) {
        this.question = question;
        this.windows = windows;
        for (StatsRow row : rows) {
            // Of what has no price there is no cost to tell.
            if (!question.meter().isMoney() || row.currency() != null) {
                String currency = question.meter().isMoney() ? row.currency() : null;
                values.merge(
                        new Place(row.windowStart(), row.groups(), currency),
                        question.meter().valueOf(row),
                        Decimal::plus);
            }
        }
        values.values().removeIf(Decimal::isZero);
    }

    Map<String, @Nullable Object> json() {
        List<Map<String, @Nullable Object>> data = new ArrayList<>();
        values.forEach((place, value) -> data.add(row(place, value)));
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("from", windows.from().toString());
        json.put("to", windows.end().toString());
        WindowSize size = question.size();
        if (size != null) {
            json.put("windowSize", size.name());
        }
        json.put("data", data);
        return json;
    }

    private Map<String, @Nullable Object> row(Place place, Decimal value) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("value", value.toBigDecimal());
        row.put("value_exact", value.toString());
        row.put("windowStart", start(place).toString());
        row.put("windowEnd", end(place).toString());
        row.put("subject", null);
        Map<String, @Nullable String> groupBy = new LinkedHashMap<>();
        for (int i = 0; i < question.groups().size(); i++) {
            String name = question.groups().get(i).name();
            String group = place.groups.get(i);
            switch (name) {
                case MeterGroup.SUBJECT -> row.put("subject", group);
                case MeterGroup.CUSTOMER -> row.put("customerId", group);
                default -> groupBy.put(name, group);
            }
        }
        if (question.meter().isMoney()) {
            groupBy.put(CURRENCY, place.currency);
        }
        row.put("groupBy", groupBy);
        return row;
    }

    /** The columns are theirs; the value is exact. */
    String csv() {
        List<@Nullable String> header = new ArrayList<>(List.of("window_start", "window_end", MeterGroup.SUBJECT));
        question.groups().stream()
                .map(MeterGroup::name)
                .filter(name -> !name.equals(MeterGroup.SUBJECT))
                .forEach(name -> header.add(Csv.harmless(name)));
        if (question.meter().isMoney()) {
            header.add(CURRENCY);
        }
        header.add("value");
        StringBuilder csv = new StringBuilder();
        Csv.append(csv, header);
        values.forEach((place, value) -> Csv.append(csv, cells(place, value)));
        return csv.toString();
    }

    private List<@Nullable String> cells(Place place, Decimal value) {
        List<@Nullable String> cells = new ArrayList<>();
        cells.add(start(place).toString());
        cells.add(end(place).toString());
        cells.add(null);
        for (int i = 0; i < question.groups().size(); i++) {
            String group = Csv.harmless(place.groups.get(i));
            if (question.groups().get(i).name().equals(MeterGroup.SUBJECT)) {
                cells.set(2, group);
            } else {
                cells.add(group);
            }
        }
        if (question.meter().isMoney()) {
            cells.add(place.currency);
        }
        cells.add(value.toString());
        return cells;
    }

    /** A window's whole, also where the range begins or ends within it. */
    private Instant start(Place place) {
        WindowSize size = question.size();
        return size == null ? place.windowStart : size.floor(place.windowStart, question.zone());
    }

    private Instant end(Place place) {
        WindowSize size = question.size();
        return size == null ? windows.end() : size.next(start(place), question.zone());
    }
}
