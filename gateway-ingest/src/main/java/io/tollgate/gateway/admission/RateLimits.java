package io.tollgate.gateway.admission;

import io.tollgate.avro.Enforcement;
import io.tollgate.gateway.http.Answer;
import io.tollgate.quota.Metric;
import io.tollgate.quota.QuotaView;
import io.tollgate.schemas.decimal.Decimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The quotas that can deny, as draft-ietf-httpapi-ratelimit-headers-10 has it: {@code RateLimit-Policy} says what they
 * are, {@code RateLimit} how they stand. Both are lists of structured fields, whose integers have 15 digits: amounts are
 * cut to whole ones, money to millionths of its unit. Exact figures are in the body.
 */
final class RateLimits {
    private static final long MICROS = 1_000_000;
    private static final Decimal MILLION = Decimal.of(MICROS);
    private static final BigDecimal LARGEST = BigDecimal.valueOf(999_999_999_999_999L);

    private RateLimits() {}

    /** @param now epoch µs */
    static Answer on(Answer answer, List<QuotaView> quotas, long now) {
        List<QuotaView> hard = quotas.stream()
                .filter(view -> view.quota().getEnforcement() == Enforcement.HARD)
                .toList();
        return hard.isEmpty()
                ? answer
                : answer.with("ratelimit-policy", list(hard, RateLimits::policy))
                        .with("ratelimit", list(hard, view -> standing(view, now)));
    }

    /** Whole seconds from now until something, never fewer than that. */
    static long secondsUntil(long then, long now) {
        return Math.max(0, -Math.floorDiv(now - then, MICROS));
    }

    private static String list(List<QuotaView> quotas, Function<QuotaView, String> item) {
        return quotas.stream().map(item).collect(Collectors.joining(", "));
    }

    private static String policy(QuotaView view) {
        String quota = name(view) + ";q=" + whole(view, view.standing().limit()) + ";qu=" + string(unit(view));
        return QuotaItem.isConcurrent(view)
                ? quota
                : quota + ";w=" + (view.window().end() - view.window().start()) / MICROS;
    }

    private static String standing(QuotaView view, long now) {
        String remaining = name(view) + ";r=" + whole(view, view.remaining());
        return QuotaItem.isConcurrent(view) ? remaining : remaining + ";t=" + secondsUntil(view.resetsAt(), now);
    }

    private static String name(QuotaView view) {
        return string(view.quota().getId());
    }

    private static String unit(QuotaView view) {
        return switch (view.quota().getMetric()) {
            case Metric.COST -> "micro-" + view.quota().getCurrency();
            case Metric.CONCURRENT -> "concurrent-requests";
            default -> view.quota().getMetric();
        };
    }

    private static String whole(QuotaView view, Decimal amount) {
        Decimal counted = view.quota().getMetric().equals(Metric.COST) ? amount.times(MILLION) : amount;
        return counted.toBigDecimal()
                .setScale(0, RoundingMode.FLOOR)
                .min(LARGEST)
                .toPlainString();
    }

    /** A string of RFC 9651: printable ASCII. */
    private static String string(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c < ' ' || c > '~' ? '?' : c);
        }
        return quoted.append('"').toString();
    }
}
