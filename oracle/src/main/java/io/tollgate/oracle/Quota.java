package io.tollgate.oracle;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * A quota as it was set last, with what has counted in it.
 *
 * @param counter null of one of open admissions, which the gateway counts alone
 * @param resets moments at which it was reset by hand
 * @param updatedAt epoch µs
 */
record Quota(
        String id,
        Scope scope,
        String metric,
        @Nullable String currency,
        BigDecimal limit,
        @Nullable BigDecimal boost,
        long boostUntil,
        List<BigDecimal> thresholds,
        List<Long> resets,
        long updatedAt,
        @Nullable Counter counter) {

    static Quota of(GenericRecord record) {
        Scope scope = Scope.of(Fields.record(record, "scope"));
        String metric = Fields.text(record, "metric");
        String currency = Fields.textOrNull(record, "currency");
        GenericRecord boost = (GenericRecord) record.get("boost");
        GenericRecord period = (GenericRecord) record.get("period");
        return new Quota(
                Fields.text(record, "id"),
                scope,
                metric,
                currency,
                Amount.of(Fields.record(record, "limit")),
                boost == null ? null : Amount.of(Fields.record(boost, "limit")),
                boost == null ? 0 : Fields.number(boost, "until"),
                Fields.records(record, "thresholds").stream().map(Amount::of).toList(),
                Fields.records(record, "resets").stream()
                        .map(reset -> Fields.number(reset, "at"))
                        .toList(),
                Fields.number(record, "updated_at"),
                period == null
                        ? null
                        : new Counter(scope, Windows.of(period, Fields.text(record, "timezone")), metric, currency));
    }

    BigDecimal limit(long now) {
        return boost != null && now < boostUntil ? Objects.requireNonNull(boost) : limit;
    }

    /** ok; warning from the lowest threshold on; exceeded above the limit. */
    String status(BigDecimal used, long now) {
        BigDecimal ofLimit = limit(now);
        if (used.compareTo(ofLimit) > 0) {
            return "exceeded";
        }
        boolean warns =
                thresholds.stream().anyMatch(share -> used.movePointRight(2).compareTo(ofLimit.multiply(share)) >= 0);
        return warns ? "warning" : "ok";
    }
}
