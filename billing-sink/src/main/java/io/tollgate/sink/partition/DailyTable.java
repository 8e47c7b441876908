package io.tollgate.sink.partition;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A table that is partitioned by UTC day.
 *
 * @param kept how long its days are kept
 */
public record DailyTable(String name, Duration kept) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    /** Days made ahead: a week of outage of whoever makes them costs nothing. */
    static final int DAYS_AHEAD = 7;

    String partition(LocalDate day) {
        return name + "_p" + DAY.format(day);
    }

    /** The day of one of its partitions; empty for the default partition and for tables that are not ours. */
    Optional<LocalDate> dayOf(String partition) {
        String prefix = name + "_p";
        if (!partition.startsWith(prefix)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(partition.substring(prefix.length()), DAY));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Days outside belong into the default partition: a mad clock must not make ten thousand tables. */
    boolean hasOwnPartition(LocalDate day, LocalDate today) {
        return !isPastRetention(day, today) && !day.isAfter(today.plusDays(DAYS_AHEAD + 1));
    }

    boolean isPastRetention(LocalDate day, LocalDate today) {
        return day.isBefore(today.minusDays(kept.toDays()));
    }
}
