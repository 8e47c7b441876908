package io.tollgate.oracle;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A row of the ledger as texts, column by column: equal rows have equal texts. */
final class LedgerRow {
    static final List<String> COLUMNS = List.of(
            "booked_on",
            "sequence",
            "kind",
            "cause",
            "corrects",
            "reason",
            "revision",
            "state",
            "code",
            "requests",
            "event_time",
            "booked_at",
            "events_partition",
            "events_offset",
            "company",
            "source",
            "event_id",
            "user_id",
            "auth_id",
            "provider",
            "model",
            "request_model",
            "operation",
            "request_id",
            "service_tier",
            "region",
            "variant",
            "speed",
            "reservation",
            "status",
            "latency_ms",
            "billable",
            "labels",
            "lines",
            "tokens",
            "cost",
            "list_cost",
            "currency",
            "price_version",
            "vendor",
            "over_quotas",
            "reduced");

    private static final int SEQUENCE = COLUMNS.indexOf("sequence");

    private final @Nullable String[] values;

    LedgerRow(@Nullable String[] values) {
        this.values = values;
    }

    /**
     * What a row must say.
     *
     * @param cause the submission that wrote it
     * @param kind usage, reversal, replacement
     */
    static LedgerRow of(
            Submission cause,
            String kind,
            int sequence,
            @Nullable Integer corrects,
            int revision,
            @Nullable String authId,
            Usage usage,
            Rating rating) {
        @Nullable
        String[] row = {
            day(cause.appendedAt()),
            Integer.toString(sequence),
            kind,
            cause.kind(),
            text(corrects),
            cause.reason(),
            Integer.toString(revision),
            rating.state(),
            rating.code(),
            kind.equals("reversal") ? "-1" : "1",
            Long.toString(usage.time()),
            Long.toString(cause.appendedAt()),
            Integer.toString(cause.at().partition()),
            Long.toString(cause.at().offset()),
            cause.company(),
            cause.source(),
            cause.id(),
            usage.user(),
            authId,
            usage.provider(),
            usage.model(),
            usage.requestModel(),
            usage.operation(),
            usage.requestId(),
            usage.serviceTier(),
            usage.region(),
            usage.variant(),
            usage.speed(),
            usage.reservation(),
            text(usage.status()),
            text(usage.latencyMs()),
            Boolean.toString(usage.billable()),
            labels(usage.labels()),
            rating.linesText(),
            Amount.text(rating.tokens()),
            Amount.text(rating.cost()),
            Amount.text(rating.listCost()),
            rating.currency(),
            text(rating.version()),
            vendor(usage.vendor()),
            usage.overQuotas() == null ? null : usage.overQuotas().toString(),
            "false"
        };
        return new LedgerRow(row);
    }

    int sequence() {
        return Integer.parseInt(Objects.requireNonNull(values[SEQUENCE]));
    }

    @Nullable
    String get(String column) {
        return values[COLUMNS.indexOf(column)];
    }

    /** The position of the submission that wrote it. */
    Position cause() {
        return new Position(
                Integer.parseInt(Objects.requireNonNull(get("events_partition"))),
                Long.parseLong(Objects.requireNonNull(get("events_offset"))));
    }

    /** Whether it is what a rating must look like in a row. */
    boolean isRated(Rating rating) {
        return Objects.equals(get("state"), rating.state())
                && Objects.equals(get("code"), rating.code())
                && Objects.equals(get("lines"), rating.linesText())
                && Objects.equals(get("tokens"), Amount.text(rating.tokens()))
                && Objects.equals(get("cost"), Amount.text(rating.cost()))
                && Objects.equals(get("list_cost"), Amount.text(rating.listCost()))
                && Objects.equals(get("currency"), rating.currency())
                && Objects.equals(get("price_version"), text(rating.version()));
    }

    /** Column by column what differs; empty where nothing does. */
    List<String> differences(LedgerRow found) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (!Objects.equals(values[i], found.values[i])) {
                differences.add(COLUMNS.get(i) + " expected " + values[i] + ", found " + found.values[i]);
            }
        }
        return differences;
    }

    static String labels(Map<String, String> labels) {
        return new TreeMap<>(labels).toString();
    }

    static @Nullable String vendor(Usage.@Nullable Vendor vendor) {
        return vendor == null
                ? null
                : vendor.format() + " " + vendor.quality().toLowerCase(Locale.ROOT) + " " + vendor.remark() + " "
                        + Amount.text(vendor.cost()) + " " + vendor.usage();
    }

    /** The UTC day of a moment, epoch µs. */
    static String day(long micros) {
        return Instant.EPOCH
                .plus(micros, ChronoUnit.MICROS)
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
