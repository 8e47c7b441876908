package io.tollgate.quota.alert;

import io.tollgate.avro.AlertKind;
import io.tollgate.avro.AlertRule;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Scope;
import io.tollgate.quota.Caller;
import io.tollgate.quota.Counting;
import io.tollgate.quota.Metric;
import io.tollgate.quota.Periods;
import io.tollgate.quota.QuotaReading;
import io.tollgate.quota.ScopeMatcher;
import io.tollgate.quota.StateName;
import io.tollgate.quota.Window;
import io.tollgate.schemas.CompositeKey;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A rule, made ready to be held against much usage. */
public final class CompiledRule {
    /** So long are totals kept, less a month, in which a late event can still move what began then. */
    private static final int LONGEST_DAYS = 366;

    /** Give or take a clock change and a running quarter hour. */
    private static final long LONGEST =
            Duration.ofDays(LONGEST_DAYS).plusHours(2).toMillis() * 1_000;

    /** Quarter hours of the longest. */
    private static final int MOST_WINDOWS = LONGEST_DAYS * 24 * 4;

    private static final int MOST_THRESHOLDS = 1_000;

    private static final Metric ERRORS = new Metric(Metric.ERRORS, null);
    private static final Metric REQUESTS = new Metric(Metric.REQUESTS, null);
    private static final Metric UNPRICED = new Metric(Metric.UNPRICED, null);

    private final AlertRule rule;
    private final String definition;
    private final ScopeMatcher scope;
    private final List<Decimal> thresholds;
    private final Decimal minimum;
    private final @Nullable Periods periods;
    private final List<Counting> countings;
    /** Hundreds of windows back is dear by the calendar, and asked for with all usage of the same window. */
    private @Nullable Baseline lastBaseline;

    private record Baseline(Window of, Window span) {}

    /**
     * Of a rule as it was written.
     *
     * @param since epoch µs: when it began to count; the window of that moment is counted whole
     * @throws IllegalArgumentException if it makes no sense, with the reason in words for people
     */
    public CompiledRule(AlertRule rule, long since) {
        require(
                rule.getBaselineWindows() <= MOST_WINDOWS
                        && rule.getThresholds().size() <= MOST_THRESHOLDS,
                "more windows or thresholds than anybody can look at");
        require(
                rule.getThresholds().stream().allMatch(Decimals::mayBeGiven)
                        && (rule.getMinimum() == null || Decimals.mayBeGiven(rule.getMinimum())),
                "a number is absurdly long");
        this.rule = rule;
        this.scope = new ScopeMatcher(rule.getScope());
        this.thresholds = rule.getThresholds().stream()
                .map(Decimals::fromAvro)
                .sorted()
                .distinct()
                .toList();
        this.minimum = rule.getMinimum() == null ? Decimal.ZERO : Decimals.fromAvro(rule.getMinimum());
        this.periods = watchesQuotas() ? null : periods(rule);
        this.definition = definition(rule);
        require(!thresholds.isEmpty(), "it has no thresholds");
        require(thresholds.get(0).signum() > 0, "a threshold must be more than 0");
        require(
                rule.getKind() != AlertKind.SPIKE || rule.getBaselineWindows() > 0,
                "a spike needs baseline_windows, 1 or more");
        require(
                watchesQuotas() || since - reach(periods().at(since)) <= LONGEST,
                "a window and its baseline must not reach back further than " + LONGEST_DAYS + " days");
        this.countings =
                metrics(rule).stream().map(metric -> counting(metric, since)).toList();
    }

    public AlertRule rule() {
        return rule;
    }

    public String id() {
        return rule.getId();
    }

    public AlertKind kind() {
        return rule.getKind();
    }

    public boolean isEnabled() {
        return rule.getEnabled();
    }

    /**
     * Stands for everything that decides what is counted and compared, but for the thresholds. A rule of another
     * definition begins anew under the same id; new thresholds, receivers or a pause do not make it another one.
     */
    public String definition() {
        return definition;
    }

    /** Rising, each once. */
    public List<Decimal> thresholds() {
        return thresholds;
    }

    /** Whether it looks at the states of quotas, and counts nothing itself. */
    public boolean watchesQuotas() {
        return rule.getKind() == AlertKind.QUOTA_SHARE || rule.getKind() == AlertKind.FORECAST;
    }

    public boolean isForecast() {
        return kind() == AlertKind.FORECAST;
    }

    /** What it counts; empty for one that watches quotas. */
    public List<Counting> countings() {
        return countings;
    }

    public Counting counting(Metric metric) {
        return countings.stream()
                .filter(counting -> counting.metric().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    /** The first of what it counts: what its alerts are about. */
    Metric metric() {
        return countings.get(0).metric();
    }

    /** Windows of a rule that counts for itself. */
    public Periods periods() {
        return Objects.requireNonNull(periods, "a rule that watches quotas has no windows of its own");
    }

    /** Whether the caller's usage is counted. */
    public boolean matches(Caller caller) {
        return !watchesQuotas() && scope.matches(caller);
    }

    /** Which of its counts a caller who {@link #matches} is in. */
    public StateName nameOf(Caller caller) {
        return scope.nameOf(rule.getId(), caller);
    }

    /** Whether it looks at this quota, for whom the reading is. */
    public boolean matches(QuotaReading reading) {
        boolean hasForecast = !isRolling(reading.quota());
        if (!watchesQuotas()
                || (isForecast() && !hasForecast)
                || (rule.getQuota() != null
                        && !rule.getQuota().equals(reading.quota().getId()))) {
            return false;
        }
        Scope counted = reading.quota().getScope();
        StateName name = reading.name();
        return scope.matches(
                new Caller(name.company(), name.user(), name.key(), counted.getProvider(), counted.getModel()));
    }

    /** Whether something can be said of a window: a forecast only while it is under way. */
    public boolean looksAt(Window window, long now) {
        return !isForecast() || window.contains(now);
    }

    /** Whether a quota's windows are rolling: there is one at a time, and it moves on. */
    public static boolean isRolling(Quota quota) {
        return quota.getPeriod() != null && quota.getPeriod().getKind() == PeriodKind.ROLLING;
    }

    /** What a rule that watches quotas makes of a reading. */
    public Level level(QuotaReading reading, long now) {
        return isForecast()
                ? Forecast.level(reading.standing(), reading.window(), now)
                : Level.quotaShare(reading.standing());
    }

    /** What a rule that counts for itself makes of its counts. */
    public Level level(Counts counts, Window window) {
        Decimal first = counts.sum(metric(), window);
        return switch (kind()) {
            case SPEND -> Level.spend(first);
            case SPIKE ->
                Level.spike(first, counts.sum(metric(), baseline(window)), rule.getBaselineWindows(), minimum);
            case ERROR_SHARE -> Level.errorShare(first, counts.sum(REQUESTS, window), minimum);
            case UNPRICED -> Level.unpriced(first);
            case QUOTA_SHARE, FORECAST, UNKNOWN -> throw new IllegalStateException(kind() + " counts nothing");
        };
    }

    /** The windows of a spike that lie before this one; a rolling one's are as long as itself. */
    Window baseline(Window window) {
        Baseline last = lastBaseline;
        if (last == null || !last.of.equals(window)) {
            last = new Baseline(window, baselineOf(window));
            lastBaseline = last;
        }
        return last.span;
    }

    private Window baselineOf(Window window) {
        long start = window.start();
        for (int i = 0; i < rule.getBaselineWindows(); i++) {
            start = periods().isRolling()
                    ? start - (window.end() - window.start())
                    : periods().at(start - 1).start();
        }
        return new Window(start, window.start());
    }

    /** Whether usage at that moment, epoch µs, moves what is decided about a window: a spike's baseline lies before it. */
    public boolean reaches(Window window, long micros) {
        return micros >= reach(window) && micros < window.end();
    }

    /**
     * Whether all that is decided about a window has been counted. One from before the counting began is counted as a
     * whole when something moves in it, but not what it is held against.
     */
    public boolean hasCounted(Window window) {
        Counting first = countings.get(0);
        boolean isAlone = countings.size() == 1 && kind() != AlertKind.SPIKE;
        return (isAlone && first.looksBack()) || reach(window) >= first.since();
    }

    private long reach(Window window) {
        return kind() == AlertKind.SPIKE ? baseline(window).start() : window.start();
    }

    /** Every version counts anew: a rule that is switched off counts nothing meanwhile. */
    private Counting counting(Metric metric, long since) {
        byte[] version = CompositeKey.of(definition, Long.toString(rule.getVersion()), metric.name());
        long generation = new BigInteger(EventHash.sha256(version)).longValue();
        return new Counting(
                rule.getId(),
                generation,
                scope,
                metric,
                periods(),
                reach(periods().at(since)));
    }

    private static List<Metric> metrics(AlertRule rule) {
        return switch (rule.getKind()) {
            case SPEND, SPIKE -> {
                require(rule.getCurrency() != null, "a rule on money needs a currency");
                yield List.of(new Metric(Metric.COST, rule.getCurrency()));
            }
            case ERROR_SHARE -> List.of(ERRORS, REQUESTS);
            case UNPRICED -> List.of(UNPRICED);
            case QUOTA_SHARE, FORECAST -> List.of();
            case UNKNOWN -> throw new IllegalArgumentException("a kind of rule that this version does not know");
        };
    }

    private static Periods periods(AlertRule rule) {
        Period window = rule.getWindow();
        if (window == null) {
            throw new IllegalArgumentException("it needs a window");
        }
        require(window.getKind() != PeriodKind.MINUTE, "its window must be a quarter hour or longer");
        try {
            return new Periods(window, ZoneId.of(rule.getTimezone()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no such time zone: " + rule.getTimezone(), e);
        }
    }

    private static String definition(AlertRule rule) {
        Scope scope = rule.getScope();
        Period window = rule.getWindow();
        return AlertId.digest(
                Long.toString(rule.getCreatedAt()),
                rule.getKind().name(),
                scope.getCompany(),
                scope.getUser(),
                scope.getKey(),
                scope.getProvider(),
                scope.getModel(),
                rule.getQuota(),
                window == null ? null : window.getKind().name(),
                window == null ? null : Long.toString(window.getSeconds()),
                window == null ? null : Long.toString(window.getAnchor()),
                rule.getTimezone(),
                rule.getCurrency(),
                Decimals.textOrNull(rule.getMinimum()),
                Integer.toString(rule.getBaselineWindows()));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
