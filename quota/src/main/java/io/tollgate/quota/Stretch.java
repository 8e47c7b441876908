package io.tollgate.quota;

import io.tollgate.avro.Granularity;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of the totals to be added up: those of one granularity whose windows start in {@code [from, to)}, epoch µs. No
 * usage is in the rows of two stretches.
 */
public record Stretch(Granularity granularity, long from, long to) {
    private static final long DAY = 86_400_000_000L;

    /**
     * What covers {@code [from, to)}: a UTC day from its own row where the whole of it is in one bucket, all else by
     * quarter hours. Each row is in one bucket as a whole.
     *
     * @param from start of a bucket
     * @param to on a quarter hour
     */
    public static List<Stretch> of(Periods periods, long from, long to) {
        List<Stretch> stretches = new ArrayList<>();
        long at = from;
        while (at < to) {
            long wholeDays = Math.min(midnight(periods.bucket(at).end()), midnight(to));
            boolean byDays = at == midnight(at) && wholeDays > at;
            long end = byDays ? wholeDays : Math.min(midnight(at) + DAY, to);
            stretches.add(new Stretch(byDays ? Granularity.DAY : Granularity.QUARTER_HOUR, at, end));
            at = end;
        }
        return stretches;
    }

    private static long midnight(long micros) {
        return micros - Math.floorMod(micros, DAY);
    }
}
