package io.tollgate.pricing;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Timelines of one owner by provider and model; two small lookups instead of a key object for each event. One thread
 * changes it at a time, any number may read.
 */
final class Shelf {
    static final Shelf EMPTY = new Shelf();

    private final Map<String, Models> byProvider = new ConcurrentHashMap<>();

    void put(String provider, String model, Timeline timeline) {
        byProvider.computeIfAbsent(provider, name -> new Models()).put(model, timeline);
    }

    void remove(String provider, String model) {
        Models models = byProvider.get(provider);
        if (models != null) {
            models.remove(model);
        }
    }

    @Nullable
    Timeline get(String provider, String model) {
        Models models = byProvider.get(provider);
        return models == null ? null : models.byName.get(model);
    }

    /** The provider's patterns, {@code gpt-5*} say, the longest first; {@code *} is not among them. */
    List<String> patterns(String provider) {
        Models models = byProvider.get(provider);
        return models == null ? List.of() : models.patterns;
    }

    private static final class Models {
        private final Map<String, Timeline> byName = new ConcurrentHashMap<>();
        private volatile List<String> patterns = List.of();

        void put(String model, Timeline timeline) {
            byName.put(model, timeline);
            if (isPrefix(model) && !patterns.contains(model)) {
                patterns = longestFirst(Stream.concat(patterns.stream(), Stream.of(model)));
            }
        }

        void remove(String model) {
            byName.remove(model);
            if (isPrefix(model)) {
                patterns = longestFirst(patterns.stream().filter(other -> !other.equals(model)));
            }
        }

        private static boolean isPrefix(String model) {
            return ModelNames.isPattern(model) && model.length() > ModelNames.WILDCARD.length();
        }
    }

    /** Without repetitions. */
    static List<String> longestFirst(Stream<String> patterns) {
        return patterns.distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }
}
