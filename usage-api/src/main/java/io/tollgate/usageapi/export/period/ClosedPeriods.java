package io.tollgate.usageapi.export.period;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every closed month. The cuts lie in usage.events and never go back, so what a closing includes, each later one does: only
 * so is a row of a closed month in it for good. Where the topic was made again offsets begin anew: a cut says nothing about
 * rows of another topic, see {@link #deciding}.
 */
public final class ClosedPeriods {
    private final NavigableMap<YearMonth, ClosedPeriod> byMonth = new TreeMap<>();

    /**
     * The closings.
     *
     * @throws IllegalArgumentException if a month's cut lies before that of an earlier one in the same topic
     */
    public ClosedPeriods(List<ClosedPeriod> closings) {
        ClosedPeriod before = null;
        for (ClosedPeriod closing : closings.stream()
                .sorted(Comparator.comparing(ClosedPeriod::month))
                .toList()) {
            if (before != null && liesBefore(closing, before)) {
                throw new IllegalArgumentException("the cut of " + closing.month() + " (" + closing.endOffsets()
                        + ") lies before that of " + before.month() + " (" + before.endOffsets() + ")");
            }
            byMonth.put(closing.month(), closing);
            before = closing;
        }
    }

    /**
     * When a row is billed. It belongs to the month of its event, unless its submission came after the cut of the closing that
     * closed it. Then it is billed in the first month after the last closing that it missed.
     *
     * @param partition of usage.events, where the submission that wrote the row lies
     */
    public Billing of(Instant eventTime, LocalDate bookedOn, int partition, long offset) {
        LocalDate day = LocalDate.ofInstant(eventTime, ZoneOffset.UTC);
        ClosedPeriod missed = null;
        for (ClosedPeriod closing : byMonth.tailMap(YearMonth.from(day), true).values()) {
            if (closing.includes(partition, offset)) {
                break;
            }
            missed = closing;
        }
        if (missed == null) {
            return new Billing(day, false);
        }
        YearMonth billed = missed.month().plusMonths(1);
        return new Billing(clamp(bookedOn, billed), true);
    }

    /** What closed a month; null while it is open. */
    public @Nullable ClosedPeriod closingOf(YearMonth month) {
        var closing = byMonth.ceilingEntry(month);
        return closing == null ? null : closing.getValue();
    }

    /** The month's own record: what missed it is billed in the next month. Null where it has none. */
    public @Nullable ClosedPeriod recordOf(YearMonth month) {
        return byMonth.get(month);
    }

    /** The closings that say which rows a month has: its own, and that of the month before. */
    public List<ClosedPeriod> deciding(YearMonth month) {
        return Stream.of(closingOf(month), recordOf(month.minusMonths(1)))
                .filter(Objects::nonNull)
                .toList();
    }

    private static LocalDate clamp(LocalDate day, YearMonth month) {
        if (day.isBefore(month.atDay(1))) {
            return month.atDay(1);
        }
        return day.isAfter(month.atEndOfMonth()) ? month.atEndOfMonth() : day;
    }

    private static boolean liesBefore(ClosedPeriod closing, ClosedPeriod earlier) {
        if (!closing.eventsTopicId().equals(earlier.eventsTopicId())) {
            return false;
        }
        for (int partition = 0; partition < earlier.endOffsets().size(); partition++) {
            if (closing.end(partition) < earlier.end(partition)) {
                return true;
            }
        }
        return false;
    }
}
