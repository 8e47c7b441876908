package io.tollgate.oracle;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up, from the ledger's rows, what a quota or an alert rule counts: for each subject and each of its windows. */
final class Counter {
    private final Scope scope;
    private final Windows windows;
    private final String metric;
    private final @Nullable String currency;
    private final Map<Scope.Subject, TreeMap<Long, Count>> counts = new HashMap<>();

    /** @param metric cost, tokens, requests, errors, unpriced, or a dimension */
    Counter(Scope scope, Windows windows, String metric, @Nullable String currency) {
        this.scope = scope;
        this.windows = windows;
        this.metric = metric;
        this.currency = currency;
    }

    /**
     * What one stretch of time holds.
     *
     * @param requests behind the amount
     * @param moved LogAppendTime of the newest submission that moved it, epoch µs
     */
    record Count(BigDecimal amount, long requests, long moved) {
        static final Count NOTHING = new Count(BigDecimal.ZERO, 0, Long.MIN_VALUE);

        Count plus(Count more) {
            return new Count(amount.add(more.amount), requests + more.requests, Math.max(moved, more.moved));
        }
    }

    void add(EventReplay.Booked booked) {
        Usage usage = booked.usage();
        String company = booked.cause().company();
        if (!scope.takes(company, usage.user(), booked.authId(), usage.provider(), usage.model())) {
            return;
        }
        Count count =
                new Count(amount(booked), booked.requests(), booked.cause().appendedAt());
        counts.computeIfAbsent(scope.subject(company, usage.user(), booked.authId()), subject -> new TreeMap<>())
                .merge(windows.bucket(usage.time()).start(), count, Count::plus);
    }

    private BigDecimal amount(EventReplay.Booked booked) {
        Rating rating = booked.rating();
        BigDecimal requests = BigDecimal.valueOf(booked.requests());
        return switch (metric) {
            case "cost" ->
                rating.cost() != null
                                && rating.currency() != null
                                && rating.currency().equals(currency)
                        ? rating.cost()
                        : BigDecimal.ZERO;
            case "tokens" -> rating.tokens();
            case "requests" -> requests;
            case "errors" -> booked.usage().failed() ? requests : BigDecimal.ZERO;
            case "unpriced" -> rating.cost() == null ? requests : BigDecimal.ZERO;
            default ->
                rating.lines().stream()
                        .filter(line -> line.dimension().equals(metric))
                        .map(Rating.Line::quantity)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        };
    }

    Windows windows() {
        return windows;
    }

    Count in(Scope.Subject subject, Windows.Window window) {
        TreeMap<Long, Count> all = counts.get(subject);
        return all == null
                ? Count.NOTHING
                : all.subMap(window.start(), window.end()).values().stream().reduce(Count.NOTHING, Count::plus);
    }

    interface Visitor {
        void visit(Scope.Subject subject, Windows.Window window, Count count);
    }

    /** Each window of each subject in which anything ever counted; a rolling one's that is the current one. */
    void forEach(long now, Visitor visitor) {
        counts.forEach((subject, all) -> {
            if (windows.isRolling()) {
                Windows.Window window = windows.at(now);
                visitor.visit(subject, window, in(subject, window));
            } else {
                all.forEach((start, count) -> visitor.visit(subject, windows.at(start), count));
            }
        });
    }
}
