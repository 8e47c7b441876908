package io.tollgate.quota.alert;

import io.tollgate.quota.Window;
import io.tollgate.schemas.CompositeKey;
import io.tollgate.schemas.decimal.Decimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was said so far about a rule's thresholds, for one subject and window. A threshold that the rule has no more keeps
 * its mark: if it comes back, nothing is said twice.
 */
public record Marks(NavigableMap<Decimal, Mark> byThreshold) {
    public static final Marks NONE = new Marks(Collections.emptyNavigableMap());

    private static final int PARTS = 5;
    private static final String OPEN = "open";
    private static final String RESOLVED = "resolved";

    public Marks {
        byThreshold = Collections.unmodifiableNavigableMap(byThreshold);
    }

    public @Nullable Mark of(Decimal threshold) {
        return byThreshold.get(threshold);
    }

    /** Whether any alert waits for its end, of these thresholds. */
    public boolean isOpen(List<Decimal> thresholds) {
        return thresholds.stream().map(byThreshold::get).anyMatch(mark -> mark != null && mark.isOpen());
    }

    public boolean isEmpty() {
        return byThreshold.isEmpty();
    }

    /** Whether any alert is of this window or, by a clock that was set back, of a later one. */
    public boolean wereMadeIn(Window window) {
        return byThreshold.values().stream().anyMatch(mark -> mark.window().start() >= window.start());
    }

    Marks with(Decimal threshold, Mark mark) {
        NavigableMap<Decimal, Mark> changed = new TreeMap<>(byThreshold);
        changed.put(threshold, mark);
        return new Marks(changed);
    }

    /** As {@link #of(byte[])} reads them. */
    public byte[] bytes() {
        List<String> parts = new ArrayList<>(byThreshold.size() * PARTS);
        byThreshold.forEach((threshold, mark) -> {
            parts.add(threshold.toString());
            parts.add(Integer.toString(mark.number()));
            parts.add(mark.isOpen() ? OPEN : RESOLVED);
            parts.add(Long.toString(mark.window().start()));
            parts.add(Long.toString(mark.window().end()));
        });
        return CompositeKey.of(parts.toArray(new String[0]));
    }

    public static Marks of(byte @Nullable [] bytes) {
        if (bytes == null) {
            return NONE;
        }
        List<@Nullable String> parts = CompositeKey.parts(bytes);
        NavigableMap<Decimal, Mark> marks = new TreeMap<>();
        for (int i = 0; i + PARTS <= parts.size(); i += PARTS) {
            Window window = new Window(Long.parseLong(text(parts, i + 3)), Long.parseLong(text(parts, i + 4)));
            Mark mark = new Mark(
                    Integer.parseInt(text(parts, i + 1)), text(parts, i + 2).equals(OPEN), window);
            marks.put(Decimal.parse(text(parts, i)), mark);
        }
        return new Marks(marks);
    }

    private static String text(List<@Nullable String> parts, int index) {
        return Objects.requireNonNull(parts.get(index));
    }
}
