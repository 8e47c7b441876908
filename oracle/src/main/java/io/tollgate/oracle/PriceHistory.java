package io.tollgate.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes of the price book as one partition of {@code config.prices} holds them, in its order. A moment of it is
 * the number of changes that were made by then.
 */
final class PriceHistory {
    /** @param company null: the global book */
    record Name(@Nullable String company, String provider, String model) {}

    private record Change(int number, @Nullable Timeline timeline) {}

    private final Map<Name, List<Change>> changes = new HashMap<>();
    private final Map<Name, TreeSet<String>> patterns = new HashMap<>();
    private final List<Long> appendedAt = new ArrayList<>();
    private final List<Long> versions = new ArrayList<>();
    private long newestVersion;

    /** Takes the next change in; without a timeline the name has none from now on. */
    void add(Name name, @Nullable Timeline timeline, long appended) {
        appendedAt.add(appended);
        newestVersion = timeline == null ? newestVersion : Math.max(newestVersion, timeline.version());
        versions.add(newestVersion);
        changes.computeIfAbsent(name, key -> new ArrayList<>()).add(new Change(appendedAt.size(), timeline));
        if (name.model().endsWith("*") && name.model().length() > 1) {
            patterns.computeIfAbsent(new Name(name.company(), name.provider(), ""), key -> new TreeSet<>())
                    .add(name.model());
        }
    }

    /** Parts of a record's key: each behind its length in four bytes, of which -1 is a part that is not there. */
    static Name nameOf(byte[] key) {
        ByteBuffer in = ByteBuffer.wrap(key);
        @Nullable String[] parts = new String[3];
        for (int i = 0; i < parts.length; i++) {
            int length = in.getInt();
            if (length >= 0) {
                byte[] part = new byte[length];
                in.get(part);
                parts[i] = new String(part, StandardCharsets.UTF_8);
            }
        }
        return new Name(parts[0], Objects.requireNonNull(parts[1]), Objects.requireNonNull(parts[2]));
    }

    /** The book with all changes in it. */
    int end() {
        return appendedAt.size();
    }

    /** The moment at which all changes were in that lay in the partition by {@code time}, epoch µs. */
    int by(long time) {
        int moment = 0;
        while (moment < appendedAt.size() && appendedAt.get(moment) <= time) {
            moment++;
        }
        return moment;
    }

    /** The moment after the last change of a version, or of the newest one below it. */
    int ofVersion(long version) {
        int moment = 0;
        while (moment < versions.size() && versions.get(moment) <= version) {
            moment++;
        }
        return moment;
    }

    /** Moments from one to another, the newest first. */
    IntStream between(int oldest, int newest) {
        return IntStream.rangeClosed(oldest, newest).map(moment -> newest + oldest - moment);
    }

    @Nullable
    Timeline find(@Nullable String company, String provider, String model, int moment) {
        Timeline found = null;
        for (Change change : changes.getOrDefault(new Name(company, provider, model), List.of())) {
            if (change.number() > moment) {
                break;
            }
            found = change.timeline();
        }
        return found;
    }

    /** Names that stand for all that begin with what is before their star, the longest first. */
    List<String> patterns(String company, String provider) {
        return Stream.of(new Name(null, provider, ""), new Name(company, provider, ""))
                .flatMap(name -> patterns.getOrDefault(name, new TreeSet<>()).stream())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The book as it stands in the end, for comparing partitions. */
    Map<Name, String> last() {
        Map<Name, String> last = new HashMap<>();
        changes.forEach((name, all) -> {
            Timeline timeline = all.get(all.size() - 1).timeline();
            last.put(name, timeline == null ? "removed" : timeline.version() + " with " + timeline.items());
        });
        return last;
    }
}
