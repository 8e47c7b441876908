package io.tollgate.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a change of the topology's shape does to what is stored under the deployed one, and what is to be done about it.
 * Both are descriptions as {@link org.apache.kafka.streams.TopologyDescription} prints them.
 */
final class ShapeChange {
    private static final Pattern PART = Pattern.compile("Sub-topology: (\\d+)");
    private static final Pattern STORES = Pattern.compile("\\(stores: \\[([^\\]]+)\\]\\)");
    private static final Pattern READ = Pattern.compile("\\(topics: \\[([^\\]]+)\\]\\)");
    private static final Pattern WRITTEN = Pattern.compile("\\(topic: ([^)]+)\\)");
    private static final String CHANGELOG = MeteringTopology.APPLICATION_ID + "-%s-changelog";

    private static final String WHAT_TO_DO =
            """
            To take it back: names of stores, sources and processors are for ever, and a new stage hangs behind the others.
            If it is meant:
              1. Stop every instance of metering-streams before the first new one starts: two shapes in one group don't share its tasks.
              2. Keep %s as the application id, and don't reset it (kafka-streams-application-reset): without the changelogs
                 no id is remembered, and all that usage.events still holds would be rated once more.
              3. Delete the changelog of a store that is gone when it is certain that nobody goes back to the old version.
              4. Write the new shape, which follows, to topology.txt, and these steps to CHANGELOG.md."""
                    .formatted(MeteringTopology.APPLICATION_ID);

    private static final String HARMLESS =
            """
            Nothing that is stored is touched, and old and new instances may run beside each other.
            If it is meant, write the new shape, which follows, to topology.txt.""";

    private ShapeChange() {}

    /** For the developer whose change it is. */
    static String explain(String deployed, String now) {
        Shape before = Shape.of(deployed);
        Shape after = Shape.of(now);
        List<String> broken = new ArrayList<>();
        stores(before, after, broken);
        topics(before, after, broken);
        if (broken.isEmpty()) {
            return "The topology has other names or edges than the one that is deployed. " + HARMLESS;
        }
        return "The topology has another shape than the one that is deployed. What it breaks:\n  - "
                + String.join("\n  - ", broken) + "\n" + WHAT_TO_DO;
    }

    private static void stores(Shape before, Shape after, List<String> broken) {
        for (String store : both(before.stores(), after.stores())) {
            Set<Integer> was = before.stores().getOrDefault(store, Set.of());
            Set<Integer> is = after.stores().getOrDefault(store, Set.of());
            String changelog = CHANGELOG.formatted(store);
            if (is.isEmpty()) {
                broken.add("store %s is gone: nobody reads %s any more, and all that it remembers is forgotten"
                        .formatted(store, changelog));
            } else if (was.isEmpty()) {
                broken.add("store %s is new: %s begins empty, and knows nothing from before the upgrade"
                        .formatted(store, changelog));
            } else if (!was.equals(is)) {
                broken.add(
                        "store %s moves from sub-topology %s to %s: its folders are those of other tasks, so every instance reads the whole %s again before it goes on"
                                .formatted(store, was, is, changelog));
            }
        }
    }

    private static void topics(Shape before, Shape after, List<String> broken) {
        for (String topic : both(before.read(), after.read())) {
            Set<Integer> was = before.read().getOrDefault(topic, Set.of());
            Set<Integer> is = after.read().getOrDefault(topic, Set.of());
            if (is.isEmpty()) {
                broken.add(
                        "%s is not read any more: what is in it and not yet processed never will be".formatted(topic));
            } else if (was.isEmpty()) {
                broken.add("%s is read from now on, from its beginning".formatted(topic));
            } else if (!was.equals(is)) {
                broken.add("%s is read by sub-topology %s and no longer by %s: other tasks get its partitions"
                        .formatted(topic, is, was));
            }
        }
        for (String topic : both(before.written(), after.written())) {
            if (!after.written().containsKey(topic)) {
                broken.add("%s is not written any more: whoever reads it waits for ever".formatted(topic));
            } else if (!before.written().containsKey(topic)) {
                broken.add(
                        "%s is written from now on: it must be one of Topics.ALL, or nobody makes it".formatted(topic));
            }
        }
    }

    private static Set<String> both(Map<String, ?> before, Map<String, ?> after) {
        Set<String> both = new TreeSet<>(before.keySet());
        both.addAll(after.keySet());
        return both;
    }

    /** Which sub-topologies have a store, read a topic, write a topic. */
    private record Shape(
            Map<String, Set<Integer>> stores, Map<String, Set<Integer>> read, Map<String, Set<Integer>> written) {
        static Shape of(String description) {
            Shape shape = new Shape(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
            int part = -1;
            for (String line : description.lines().toList()) {
                Matcher begins = PART.matcher(line);
                if (begins.find()) {
                    part = Integer.parseInt(begins.group(1));
                }
                add(shape.stores, STORES.matcher(line), part);
                add(shape.read, READ.matcher(line), part);
                add(shape.written, WRITTEN.matcher(line), part);
            }
            return shape;
        }

        private static void add(Map<String, Set<Integer>> where, Matcher names, int part) {
            if (names.find()) {
                for (String name : names.group(1).split(", ", -1)) {
                    where.computeIfAbsent(name, unseen -> new TreeSet<>()).add(part);
                }
            }
        }
    }
}
