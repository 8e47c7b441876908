package io.tollgate.oracle;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The alert rules, and whether what was said fits what the windows hold in the end. When a threshold was crossed on the
 * way depends on the order of all events of a company, which nothing but the alerts remembers; so each crossing must be
 * told once, be resolved before the next, and the last one must be open exactly where the threshold is reached.
 */
final class Alerts {
    /** Older than a change of the rule or quota by less is too close to tell, µs. */
    private static final long CLOSE = 30_000_000;

    private final Map<String, Rule> rules = new TreeMap<>();

    private record Rule(
            String id,
            String kind,
            Scope scope,
            @Nullable String quota,
            List<BigDecimal> thresholds,
            BigDecimal minimum,
            boolean enabled,
            long updatedAt,
            @Nullable Counter counter) {}

    /** What tells crossings of one threshold, in one window, apart from all others. */
    private record Crossed(
            String rule, String threshold, @Nullable String quota, Scope.Subject subject, long windowStart) {}

    private record Said(String id, int number, boolean resolved, BigDecimal value) {}

    void put(String id, @Nullable GenericRecord record) {
        if (record == null) {
            rules.remove(id);
            return;
        }
        Scope scope = Scope.of(Fields.record(record, "scope"));
        String kind = Fields.text(record, "kind");
        GenericRecord window = (GenericRecord) record.get("window");
        String metric =
                switch (kind) {
                    case "SPEND" -> "cost";
                    case "ERROR_SHARE" -> "errors";
                    case "UNPRICED" -> "unpriced";
                    default -> null;
                };
        BigDecimal minimum = Amount.orNull(record.get("minimum"));
        rules.put(
                id,
                new Rule(
                        id,
                        kind,
                        scope,
                        Fields.textOrNull(record, "quota"),
                        Fields.records(record, "thresholds").stream()
                                .map(Amount::of)
                                .toList(),
                        minimum == null ? BigDecimal.ZERO : minimum,
                        (Boolean) record.get("enabled"),
                        Fields.number(record, "updated_at"),
                        window == null || metric == null
                                ? null
                                : new Counter(
                                        scope,
                                        Windows.of(window, Fields.text(record, "timezone")),
                                        metric,
                                        Fields.textOrNull(record, "currency"))));
    }

    void add(EventReplay.Booked booked) {
        for (Rule rule : rules.values()) {
            Counter counter = rule.counter();
            if (counter != null) {
                counter.add(booked);
            }
        }
    }

    /** @param told ids in {@code cost.alerts}, in its order */
    void check(Books books, List<String> told, Quotas quotas, long now, Tally tally, Tally understood)
            throws SQLException {
        Set<String> once = new HashSet<>();
        told.forEach(id -> tally.demand(once.add(id), "alert " + id + " is in cost.alerts twice"));
        Map<Crossed, List<Said>> crossings = new HashMap<>();
        Set<String> ids = new HashSet<>();
        String columns = "id, rule, threshold, quota, company, user_id, auth_id, number, resolved, value, "
                + Books.micros("window_start");
        books.read("SELECT " + columns + " FROM cost_alerts", row -> {
            String id = row.getString("id");
            tally.demand(ids.add(id), "alert " + id + " is in cost_alerts twice");
            tally.demand(once.contains(id), "alert " + id + " is in cost_alerts, and was never told");
            Crossed crossed = new Crossed(
                    row.getString("rule"),
                    "" + Amount.text(row.getBigDecimal("threshold")),
                    row.getString("quota"),
                    new Scope.Subject(row.getString("company"), row.getString("user_id"), row.getString("auth_id")),
                    row.getLong("window_start"));
            crossings
                    .computeIfAbsent(crossed, key -> new ArrayList<>())
                    .add(new Said(id, row.getInt("number"), row.getBoolean("resolved"), row.getBigDecimal("value")));
        });
        once.forEach(id -> tally.demand(ids.contains(id), "alert " + id + " is missing in cost_alerts"));
        crossings.forEach((crossed, said) -> checkOrder(crossed, said, tally));
        for (Rule rule : rules.values()) {
            if (rule.enabled()) {
                checkEnds(rule, quotas, crossings, now, tally, understood);
            }
        }
    }

    /** Firing 1, its end, firing 2, its end: none twice, none left out. */
    private static void checkOrder(Crossed crossed, List<Said> said, Tally tally) {
        for (int number = 1; number <= (said.size() + 1) / 2; number++) {
            int which = number;
            long fired = said.stream()
                    .filter(one -> one.number() == which && !one.resolved())
                    .count();
            long ended = said.stream()
                    .filter(one -> one.number() == which && one.resolved())
                    .count();
            boolean isLast = number == (said.size() + 1) / 2;
            boolean isRight = fired == 1 && (ended == 1 || (isLast && said.size() % 2 == 1 && ended == 0));
            tally.demand(
                    isRight,
                    crossed + ": crossing " + number + " was told " + fired + " times and resolved " + ended
                            + " times");
        }
        BigDecimal threshold = new BigDecimal(crossed.threshold());
        for (Said one : said) {
            tally.demand(
                    one.resolved() || one.value().compareTo(threshold) >= 0,
                    crossed + ": " + one.id() + " fired at " + one.value());
        }
    }

    private void checkEnds(
            Rule rule, Quotas quotas, Map<Crossed, List<Said>> crossings, long now, Tally tally, Tally understood) {
        switch (rule.kind()) {
            case "QUOTA_SHARE" ->
                quotas.byId().values().stream()
                        .filter(quota -> quota.counter() != null)
                        .filter(quota -> rule.quota() == null || rule.quota().equals(quota.id()))
                        .forEach(quota -> checkShares(rule, quota, crossings, now, tally, understood));
            case "SPEND", "UNPRICED", "ERROR_SHARE" -> {
                Counter counter = Objects.requireNonNull(rule.counter(), "a rule without a window");
                boolean known = !counter.windows().isRolling();
                understood.demand(known, "alert rule " + rule.id() + ": a rolling window");
                if (known) {
                    counter.forEach(now, (subject, window, count) -> {
                        if (isTold(rule, window, count, rule.updatedAt(), now)) {
                            checkEnd(rule, null, subject, window, level(rule, count), crossings, tally);
                        }
                    });
                }
            }
            default -> understood.demand(false, "alert rule " + rule.id() + " of kind " + rule.kind());
        }
    }

    private void checkShares(
            Rule rule, Quota quota, Map<Crossed, List<Said>> crossings, long now, Tally tally, Tally understood) {
        Counter counter = Objects.requireNonNull(quota.counter());
        Scope of = quota.scope();
        boolean known = !counter.windows().isRolling()
                && !counter.windows().isMinute()
                && quota.resets().isEmpty();
        understood.demand(
                known, "alert rule " + rule.id() + " on quota " + quota.id() + ": rolling, by minute or reset");
        if (!known) {
            return;
        }
        counter.forEach(now, (subject, window, count) -> {
            boolean looks =
                    rule.scope().takes(subject.company(), subject.user(), subject.key(), of.provider(), of.model());
            if (looks && isTold(rule, window, count, Math.max(rule.updatedAt(), quota.updatedAt()), now)) {
                checkEnd(
                        rule,
                        quota.id(),
                        subject,
                        window,
                        threshold -> isShare(count.amount(), quota.limit(now), threshold),
                        crossings,
                        tally);
            }
        });
    }

    /** Of a limit of 0 any use is too much. */
    private static boolean isShare(BigDecimal used, BigDecimal limit, BigDecimal percent) {
        return (limit.signum() > 0 || used.signum() > 0)
                && used.movePointRight(2).compareTo(limit.multiply(percent)) >= 0;
    }

    /** Whether something must have been said of a window: it is the current one, or moved after the rule was made. */
    private static boolean isTold(Rule rule, Windows.Window window, Counter.Count count, long since, long now) {
        boolean moved = count.moved() > since + CLOSE;
        boolean all = !rule.kind().equals("ERROR_SHARE") || window.end() > rule.updatedAt();
        return all && (moved || window.contains(now));
    }

    private interface Level {
        boolean isAtLeast(BigDecimal threshold);
    }

    private static Level level(Rule rule, Counter.Count count) {
        if (!rule.kind().equals("ERROR_SHARE")) {
            return threshold -> count.amount().compareTo(threshold) >= 0;
        }
        BigDecimal requests = BigDecimal.valueOf(count.requests());
        boolean enough = requests.signum() > 0 && requests.compareTo(rule.minimum()) >= 0;
        return threshold -> enough && count.amount().movePointRight(2).compareTo(requests.multiply(threshold)) >= 0;
    }

    private static void checkEnd(
            Rule rule,
            @Nullable String quota,
            Scope.Subject subject,
            Windows.Window window,
            Level level,
            Map<Crossed, List<Said>> crossings,
            Tally tally) {
        for (BigDecimal threshold : rule.thresholds()) {
            Crossed crossed = new Crossed(rule.id(), "" + Amount.text(threshold), quota, subject, window.start());
            List<Said> said = crossings.getOrDefault(crossed, List.of());
            boolean open = said.stream().filter(one -> !one.resolved()).count()
                    > said.stream().filter(Said::resolved).count();
            boolean reached = level.isAtLeast(threshold);
            tally.demand(
                    open == reached,
                    crossed + ": the threshold is " + (reached ? "" : "not ") + "reached, and its alert is "
                            + (said.isEmpty() ? "missing" : open ? "open" : "resolved"));
        }
    }
}
