package io.tollgate.oracle;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** All quotas, and whether their states and the ends of their windows are what was used. */
final class Quotas {
    /** A window that is over has a new state within seconds; this is how much patience there is, µs. */
    private static final long PATIENCE = 30_000_000;

    private final Map<String, Quota> byId = new TreeMap<>();

    void put(String id, @Nullable GenericRecord record) {
        if (record == null) {
            byId.remove(id);
        } else {
            byId.put(id, Quota.of(record));
        }
    }

    Map<String, Quota> byId() {
        return byId;
    }

    void add(EventReplay.Booked booked) {
        for (Quota quota : byId.values()) {
            Counter counter = quota.counter();
            if (counter != null) {
                counter.add(booked);
            }
        }
    }

    private record Name(String quota, Scope.Subject subject) {}

    private record Ended(Name name, long windowStart) {}

    void checkStates(Books books, long now, Tally tally, Tally understood) throws SQLException {
        Set<Name> there = new HashSet<>();
        String columns = "quota, company, user_id, auth_id, metric, currency, used, quota_limit, remaining, status, "
                + Books.micros("window_start") + ", " + Books.micros("window_end") + ", " + Books.micros("resets_at");
        books.read("SELECT " + columns + " FROM quota_states", row -> {
            Name name = new Name(
                    row.getString("quota"),
                    new Scope.Subject(row.getString("company"), row.getString("user_id"), row.getString("auth_id")));
            there.add(name);
            Windows.Window window = new Windows.Window(row.getLong("window_start"), row.getLong("window_end"));
            String found = text(
                    row.getString("metric"),
                    row.getString("currency"),
                    row.getBigDecimal("used"),
                    row.getBigDecimal("quota_limit"),
                    row.getBigDecimal("remaining"),
                    row.getString("status"));
            tally.same(name + " in " + window, expectedState(name, window, now, understood), found);
            Quota quota = byId.get(name.quota());
            Counter counter = quota == null ? null : quota.counter();
            if (counter != null) {
                boolean isOne = counter.windows().at(window.end() - 1).equals(window);
                boolean isCurrent = window.contains(now) || window.end() > now - PATIENCE;
                boolean resets = counter.windows().isRolling() || row.getLong("resets_at") == window.end();
                tally.demand(
                        isOne && isCurrent && resets,
                        name + ": " + window + ", which resets at " + row.getLong("resets_at")
                                + ", is not the quota's window at " + now);
            }
        });
        byId.values().forEach(quota -> {
            Counter counter = quota.counter();
            if (counter != null) {
                counter.forEach(now, (subject, window, count) -> {
                    boolean counts = window.contains(now) && count.amount().signum() != 0;
                    Name name = new Name(quota.id(), subject);
                    if (counts && !there.contains(name) && isUnderstood(quota, window, understood)) {
                        tally.same(name, "a state with " + Amount.text(count.amount()) + " used", null);
                    }
                });
            }
        });
    }

    private @Nullable String expectedState(Name name, Windows.Window window, long now, Tally understood) {
        Quota quota = byId.get(name.quota());
        Counter counter = quota == null ? null : quota.counter();
        if (quota == null || counter == null) {
            return null;
        }
        isUnderstood(quota, window, understood);
        BigDecimal used = counter.in(name.subject(), window).amount();
        BigDecimal limit = quota.limit(now);
        return text(
                quota.metric(),
                quota.currency(),
                used,
                limit,
                limit.subtract(used).max(BigDecimal.ZERO),
                quota.status(used, now));
    }

    private static String text(
            String metric,
            @Nullable String currency,
            BigDecimal used,
            BigDecimal limit,
            BigDecimal remaining,
            String status) {
        return metric + " " + currency + ": " + Amount.text(used) + " used of " + Amount.text(limit) + ", "
                + Amount.text(remaining) + " left, " + status;
    }

    /** The windows that have ended with something used. */
    void checkResets(Books books, long now, Tally tally, Tally understood) throws SQLException {
        Set<Ended> there = new HashSet<>();
        String columns = "quota, company, user_id, auth_id, used, number, " + Books.micros("window_start") + ", "
                + Books.micros("window_end");
        books.read("SELECT " + columns + " FROM quota_resets", row -> {
            Name name = new Name(
                    row.getString("quota"),
                    new Scope.Subject(row.getString("company"), row.getString("user_id"), row.getString("auth_id")));
            Windows.Window window = new Windows.Window(row.getLong("window_start"), row.getLong("window_end"));
            there.add(new Ended(name, window.start()));
            Quota quota = byId.get(name.quota());
            Counter counter = quota == null ? null : quota.counter();
            if (row.getInt("number") != 0 || quota == null || counter == null) {
                understood.differs("what was left of " + name + ", which was reset by hand or is no more");
                return;
            }
            if (isUnderstood(quota, window, understood)) {
                tally.same(
                        name + " in " + window,
                        Amount.text(counter.in(name.subject(), window).amount()),
                        Amount.text(row.getBigDecimal("used")));
            }
        });
        byId.values().forEach(quota -> {
            Counter counter = quota.counter();
            if (counter == null || counter.windows().isRolling()) {
                return;
            }
            counter.forEach(now, (subject, window, count) -> {
                boolean mustBe = window.end() < now - PATIENCE
                        && count.moved() > quota.updatedAt() + PATIENCE
                        && count.amount().signum() != 0;
                Ended ended = new Ended(new Name(quota.id(), subject), window.start());
                if (mustBe && !there.contains(ended) && isUnderstood(quota, window, understood)) {
                    tally.same(ended, Amount.text(count.amount()), null);
                }
            });
        });
    }

    /** A reset by hand forgives what was used before it, and a minute has no totals that a new quota could begin from. */
    private static boolean isUnderstood(Quota quota, Windows.Window window, Tally understood) {
        boolean reset = quota.resets().stream().anyMatch(at -> at >= window.start());
        boolean begun = Objects.requireNonNull(quota.counter()).windows().isMinute()
                && quota.updatedAt() + 60_000_000 > window.start();
        understood.demand(
                !reset && !begun,
                "quota " + quota.id() + " in " + window + ": a reset by hand, or a minute from before it was made");
        return !reset && !begun;
    }
}
