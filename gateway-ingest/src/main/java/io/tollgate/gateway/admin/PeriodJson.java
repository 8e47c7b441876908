package io.tollgate.gateway.admin;

import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.quota.Periods;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A period as JSON spells it: a word, and beside it the length of those that have one.
 *
 * @param hours of {@code rolling}
 * @param seconds of {@code every}
 * @param anchor of {@code every}, RFC 3339
 */
record PeriodJson(@Nullable String word, @Nullable Long hours, @Nullable Long seconds, @Nullable String anchor) {
    private static final long HOUR = 3_600;
    private static final long QUARTER_HOUR = 900;
    /** The longest that totals are kept for. */
    private static final Duration LONGEST = Duration.ofDays(366);

    static PeriodJson of(@Nullable Period period) {
        if (period == null) {
            return new PeriodJson(null, null, null, null);
        }
        PeriodKind kind = period.getKind();
        boolean isEvery = kind == PeriodKind.EVERY;
        return new PeriodJson(
                Fields.word(kind),
                kind == PeriodKind.ROLLING ? period.getSeconds() / HOUR : null,
                isEvery ? period.getSeconds() : null,
                isEvery ? Times.text(period.getAnchor()) : null);
    }

    /**
     * Reads a period and notes what is wrong with it.
     *
     * @param member the word's; with {@code _hours} and {@code _seconds} after it the lengths'
     * @param kinds those that are taken here
     * @param usual the kind where none is given; null: one must be
     */
    static @Nullable Period read(
            Fields fields, String member, Set<PeriodKind> kinds, @Nullable PeriodKind usual, ZoneId zone) {
        PeriodKind given = fields.word(member, kinds);
        PeriodKind kind = given == null ? usual : given;
        Long hours = only(fields, member + "_hours", kind, PeriodKind.ROLLING)
                ? fields.whole(member + "_hours", 1, LONGEST.toHours())
                : null;
        Long seconds = null;
        Long anchor = null;
        if (kinds.contains(PeriodKind.EVERY)) {
            boolean isEvery = only(fields, member + "_seconds", kind, PeriodKind.EVERY);
            seconds = isEvery ? fields.whole(member + "_seconds", QUARTER_HOUR, LONGEST.toSeconds()) : null;
            anchor = only(fields, "anchor", kind, PeriodKind.EVERY) ? fields.time("anchor") : null;
        }
        if (kind == null) {
            fields.error(member, "missing", "is required");
            return null;
        }
        long length = hours != null ? hours * HOUR : seconds != null ? seconds : 0;
        Period period = new Period(kind, length, anchor == null ? 0 : anchor);
        String lengthMember = kind == PeriodKind.EVERY ? member + "_seconds" : member + "_hours";
        if (!fields.hasError(lengthMember) && !fields.hasError(member)) {
            check(fields, period, lengthMember, zone);
        }
        return period;
    }

    /** Whether totals are there of so many windows, one after the other. */
    static boolean isKept(Period window, int windows) {
        long seconds =
                switch (window.getKind()) {
                    case ROLLING, EVERY -> window.getSeconds();
                    case MONTH -> Duration.ofDays(31).toSeconds();
                    case WEEK -> Duration.ofDays(7).toSeconds();
                    case DAY -> Duration.ofDays(1).toSeconds();
                    case HOUR, MINUTE, UNKNOWN -> HOUR;
                };
        return seconds * windows <= LONGEST.toSeconds();
    }

    private static void check(Fields fields, Period period, String lengthMember, ZoneId zone) {
        try {
            Periods ignored = new Periods(period, zone);
        } catch (IllegalArgumentException e) {
            boolean isLength = period.getSeconds() % QUARTER_HOUR != 0;
            fields.error(isLength ? lengthMember : "anchor", "invalid", String.valueOf(e.getMessage()));
        }
    }

    /** Notes a member that is missing with the one kind of period that has it, or given with another. */
    private static boolean only(Fields fields, String name, @Nullable PeriodKind kind, PeriodKind owner) {
        if (kind != owner) {
            fields.refuse(name, "belongs to the period " + Fields.word(owner));
            return false;
        }
        if (!fields.has(name)) {
            fields.error(name, "missing", "is required with the period " + Fields.word(owner));
            return false;
        }
        return true;
    }
}
