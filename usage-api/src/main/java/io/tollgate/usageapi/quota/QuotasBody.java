package io.tollgate.usageapi.quota;

import io.tollgate.avro.Period;
import io.tollgate.avro.Quota;
import io.tollgate.quota.QuotaView;
import io.tollgate.usageapi.problem.PageParameter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A page of how quotas stand, by company, quota, user and key. */
record QuotasBody(List<Item> items, @Nullable String nextCursor, String asOf) {

    /**
     * The page that was asked for.
     *
     * @param now epoch µs, the moment of the views
     */
    static QuotasBody of(Stream<QuotaView> views, PageParameter page, long now) {
        List<Item> found = views.map(view -> Item.of(view, now))
                .filter(item -> page.after().isEmpty() || compare(item.place(), page.after()) > 0)
                .sorted((one, other) -> compare(one.place(), other.place()))
                .limit(page.limit() + 1L)
                .toList();
        boolean isMore = found.size() > page.limit();
        List<Item> items = isMore ? found.subList(0, page.limit()) : found;
        return new QuotasBody(
                items, isMore ? PageParameter.cursor(items.get(items.size() - 1).place()) : null, text(now));
    }

    private static int compare(List<String> one, List<String> other) {
        return Arrays.compare(one.toArray(String[]::new), other.toArray(String[]::new), Comparator.naturalOrder());
    }

    static String text(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * How a quota stands for somebody.
     *
     * @param reserved held by open admissions
     * @param remaining what an admission may still ask for
     * @param period null with the window and the reset: open admissions have none
     */
    record Item(
            String id,
            String company,
            @Nullable String user,
            @Nullable String key,
            String metric,
            @Nullable String currency,
            @Nullable String period,
            String enforcement,
            String used,
            String reserved,
            String limit,
            String remaining,
            String status,
            @Nullable String windowStart,
            @Nullable String windowEnd,
            @Nullable String resetsAt,
            String asOf) {
        /** Texts that the list is ordered by. */
        static final int PLACE = 4;

        static Item of(QuotaView view, long now) {
            Quota quota = view.quota();
            Period period = quota.getPeriod();
            return new Item(
                    quota.getId(),
                    view.name().company(),
                    view.name().user(),
                    view.name().key(),
                    quota.getMetric(),
                    quota.getCurrency(),
                    period == null ? null : word(period.getKind()),
                    word(quota.getEnforcement()),
                    view.standing().used().toString(),
                    view.reserved().toString(),
                    view.standing().limit().toString(),
                    view.remaining().toString(),
                    word(view.standing().status()),
                    period == null ? null : text(view.window().start()),
                    period == null ? null : text(view.window().end()),
                    period == null ? null : text(view.resetsAt()),
                    text(now));
        }

        List<String> place() {
            return List.of(company, id, user == null ? "" : user, key == null ? "" : key);
        }
    }
}
