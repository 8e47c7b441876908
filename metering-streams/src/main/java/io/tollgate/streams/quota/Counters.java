package io.tollgate.streams.quota;

import io.tollgate.avro.UsageStats;
import io.tollgate.quota.Caller;
import io.tollgate.quota.Count;
import io.tollgate.quota.Counting;
import io.tollgate.quota.RowAmounts;
import io.tollgate.quota.ScopeMatcher;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Stretch;
import io.tollgate.quota.Window;
import io.tollgate.schemas.CompositeKey;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.streams.store.ByteStores;
import io.tollgate.streams.totals.StoredTotals;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * What has been used, by (name, generation of its {@link Counting}, start of the bucket), in a logged window store whose
 * segments are dropped whole. A bucket is the window; of a rolling period a quarter hour.
 *
 * <p>Begin a counting with {@link #fill}, once: its buckets from {@link Counting#since} on are made of the totals, for all
 * names, and a bucket that is not there is 0 from then on. Give each partial to {@link #add} after the totals have it
 * (which they have below {@link io.tollgate.streams.totals.Totals}): an older bucket, which a late event touches, is
 * filled from the totals at that moment, also for all names, and a partial that they lacked would be missing. A counting
 * that changes or ends needs no cleaning up: its next generation is other keys, and segments expire.
 *
 * <p>Whoever else wants to count makes a store of another name with {@link #builder}.
 */
public final class Counters {
    /**
     * The longest period, 366 days, and how far back an event (34 days) or a correction of one (70) can reach from its
     * start: a put that is older is dropped without a word.
     */
    static final Duration KEPT = Duration.ofDays(480);

    /** Further than a usage's time may lie ahead of the clock that it is counted by. */
    private static final long AHEAD = Duration.ofDays(1).toMillis() * 1_000;

    private static final byte[] FILLED = {1};

    private final WindowStore<byte[], byte[]> store;
    private final StoredTotals totals;

    public Counters(WindowStore<byte[], byte[]> store, StoredTotals totals) {
        this.store = store;
        this.totals = totals;
    }

    public static StoreBuilder<WindowStore<byte[], byte[]>> builder(String name) {
        return ByteStores.windows(name, KEPT, Duration.ofDays(1));
    }

    /**
     * Makes the buckets of a counting that has just begun.
     *
     * @param now epoch µs
     * @return every name that has been counted
     */
    public Set<StateName> fill(Counting what, long now) {
        String company = what.scope().company();
        Map<Bucket, Decimal> sums = new LinkedHashMap<>();
        if (!what.periods().isMinute()) {
            List<String> companies = company.equals(ScopeMatcher.EACH) ? totals.companies() : List.of(company);
            long to = what.periods().bucket(Math.max(now, what.since()) + AHEAD).end();
            companies.forEach(each -> sum(what, each, new Window(what.since(), to), sums));
        }
        return put(what, sums);
    }

    /**
     * Counts a row of a minute that {@link ScopeMatcher#matches} and that the totals have already.
     *
     * @return what it came to; null where nothing has changed, or the counting does not reach back there
     */
    public @Nullable Move add(Counting what, StateName name, UsageStats minute) {
        Decimal amount = what.metric().of(new RowAmounts(minute));
        Window bucket = what.periods().bucket(minute.getWindowStart());
        if (amount.isZero() || (bucket.start() < what.since() && !what.looksBack())) {
            return null;
        }
        if (bucket.start() < what.since() && isFilledNow(what, name.company(), bucket)) {
            Count after = at(what, name, bucket.start());
            return new Move(bucket, Count.of(after.whole().plus(amount.negated())), after);
        }
        Count before = at(what, name, bucket.start());
        Count after = before.plus(amount, minute.getWindowStart());
        put(what, name, bucket.start(), after);
        return new Move(bucket, before, after);
    }

    /** The count in the bucket that starts there, epoch µs. */
    public Count at(Counting what, StateName name, long bucketStart) {
        byte[] kept = store.fetch(key(what, name), bucketStart / 1_000);
        return kept == null ? Count.NONE : decode(kept);
    }

    public void put(Counting what, StateName name, long bucketStart, Count count) {
        store.put(key(what, name), encode(count), bucketStart / 1_000);
    }

    /** Visits the buckets that start in {@code [from, to)}, epoch µs, and have been counted in, the oldest first. */
    public void visit(Counting what, StateName name, long from, long to, Visitor visitor) {
        if (to <= from) {
            return;
        }
        try (WindowStoreIterator<byte[]> kept = store.fetch(key(what, name), from / 1_000, (to - 1) / 1_000)) {
            while (kept.hasNext()) {
                KeyValue<Long, byte[]> next = kept.next();
                if (!visitor.goesOn(next.key * 1_000, decode(next.value))) {
                    return;
                }
            }
        }
    }

    /** False if the bucket had been filled before. */
    private boolean isFilledNow(Counting what, String company, Window bucket) {
        byte[] marker = CompositeKey.of(company, what.id(), Long.toString(what.generation()));
        if (store.fetch(marker, bucket.start() / 1_000) != null) {
            return false;
        }
        store.put(marker, FILLED, bucket.start() / 1_000);
        Map<Bucket, Decimal> sums = new LinkedHashMap<>();
        sum(what, company, bucket, sums);
        put(what, sums);
        return true;
    }

    private void sum(Counting what, String company, Window window, Map<Bucket, Decimal> sums) {
        for (Stretch stretch : Stretch.of(what.periods(), window.start(), window.end())) {
            totals.forEach(company, stretch, row -> {
                Caller caller = Caller.of(row);
                if (what.scope().matches(caller)) {
                    StateName name = what.scope().nameOf(what.id(), caller);
                    long start = what.periods().bucket(row.getWindowStart()).start();
                    sums.merge(new Bucket(name, start), what.metric().of(new RowAmounts(row)), Decimal::plus);
                }
            });
        }
    }

    private Set<StateName> put(Counting what, Map<Bucket, Decimal> sums) {
        Set<StateName> names = new LinkedHashSet<>();
        sums.forEach((bucket, sum) -> {
            put(what, bucket.name(), bucket.start(), Count.of(sum));
            names.add(bucket.name());
        });
        return names;
    }

    /** Five parts, where the marker of a bucket that is filled has three: no key is the beginning of another's range. */
    private static byte[] key(Counting what, StateName name) {
        return CompositeKey.of(name.company(), what.id(), Long.toString(what.generation()), name.user(), name.key());
    }

    private static byte[] encode(Count count) {
        return CompositeKey.of(
                count.whole().toString(), count.forgiven().toString(), Long.toString(count.forgivenUntil()));
    }

    private static Count decode(byte[] kept) {
        List<@Nullable String> parts = CompositeKey.parts(kept);
        return new Count(
                Decimal.parse(Objects.requireNonNull(parts.get(0))),
                Decimal.parse(Objects.requireNonNull(parts.get(1))),
                Long.parseLong(Objects.requireNonNull(parts.get(2))));
    }

    /** A bucket whose count has changed. */
    public record Move(Window bucket, Count before, Count after) {
        public Decimal difference() {
            return after.used().plus(before.used().negated());
        }
    }

    /** Looks at buckets, one after the other. */
    public interface Visitor {
        /**
         * Looks at one.
         *
         * @param start of the bucket, epoch µs
         * @return whether to go on to the next
         */
        boolean goesOn(long start, Count count);
    }

    private record Bucket(StateName name, long start) {}
}
