package io.tollgate.sink.batch;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Of each row in a batch the newest version, in the order of row ids. One statement can't touch a row twice, and two
 * writers that lock rows in the same order can't deadlock.
 *
 * @param <V> what a row holds
 */
public final class LatestRows<V> {
    private final ToLongFunction<V> version;
    private final TreeMap<String, V> byId = new TreeMap<>();
    private final TreeSet<String> removed = new TreeSet<>();

    /** Empty.
     *
     * @param version of two the higher one is kept, and of equal ones the later */
    public LatestRows(ToLongFunction<V> version) {
        this.version = version;
    }

    /** Takes the batch's next.
     *
     * @param row null: the row is gone
     */
    public void add(String id, @Nullable V row) {
        if (row == null) {
            byId.remove(id);
            removed.add(id);
        } else {
            byId.merge(id, row, this::newer);
        }
    }

    /** Rows by id, in the order of ids. */
    public SortedMap<String, V> rows() {
        return byId;
    }

    /** Ids of rows that are gone, to be taken away first: one that came anew after that is in {@link #rows}, too. */
    public SortedSet<String> removed() {
        return removed;
    }

    private V newer(V kept, V next) {
        return version.applyAsLong(next) >= version.applyAsLong(kept) ? next : kept;
    }
}
