package io.tollgate.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * What was used.
 *
 * @param time of the event, epoch µs
 * @param timed whether the client gave the time
 * @param dimensions in the order of the record
 */
record Usage(
        long time,
        boolean timed,
        String provider,
        String model,
        @Nullable String requestModel,
        @Nullable String operation,
        @Nullable String requestId,
        @Nullable String serviceTier,
        @Nullable String region,
        @Nullable String variant,
        @Nullable String speed,
        @Nullable String user,
        @Nullable String reservation,
        @Nullable Integer status,
        @Nullable Long latencyMs,
        boolean billable,
        Map<String, String> labels,
        List<Counted> dimensions,
        @Nullable Vendor vendor,
        @Nullable List<String> overQuotas) {

    record Counted(String dimension, BigDecimal quantity) {}

    /** How the usage was read from a vendor's body. */
    record Vendor(
            String format, String quality, @Nullable String remark, @Nullable BigDecimal cost, @Nullable String usage) {
        static @Nullable Vendor of(@Nullable Object reading) {
            if (reading == null) {
                return null;
            }
            GenericRecord record = (GenericRecord) reading;
            return new Vendor(
                    Fields.text(record, "format"),
                    Fields.text(record, "quality"),
                    Fields.textOrNull(record, "remark"),
                    Amount.orNull(record.get("cost")),
                    Fields.textOrNull(record, "usage"));
        }

        Vendor withoutUsage() {
            return new Vendor(format, quality, remark, cost, null);
        }
    }

    static Usage of(GenericRecord record) {
        List<Counted> dimensions = new ArrayList<>();
        for (Object counted : (List<?>) record.get("dimensions")) {
            GenericRecord one = (GenericRecord) counted;
            dimensions.add(new Counted(Fields.text(one, "dimension"), Amount.of((GenericRecord) one.get("quantity"))));
        }
        return new Usage(
                (Long) record.get("event_time"),
                (Boolean) record.get("event_time_given"),
                Fields.text(record, "provider"),
                Fields.text(record, "model"),
                Fields.textOrNull(record, "request_model"),
                Fields.textOrNull(record, "operation"),
                Fields.textOrNull(record, "request_id"),
                Fields.textOrNull(record, "service_tier"),
                Fields.textOrNull(record, "region"),
                Fields.textOrNull(record, "variant"),
                Fields.textOrNull(record, "speed"),
                Fields.textOrNull(record, "user"),
                Fields.textOrNull(record, "reservation"),
                (Integer) record.get("status"),
                (Long) record.get("latency_ms"),
                (Boolean) record.get("billable"),
                Fields.map(record, "labels"),
                List.copyOf(dimensions),
                Vendor.of(Fields.valueOrNull(record, "vendor")),
                Fields.textsOrNull(record, "over_quotas"));
    }

    boolean failed() {
        return status != null && status >= 400;
    }

    String tier() {
        return serviceTier == null ? "standard" : serviceTier;
    }

    /**
     * The usage as an amend has it. What decides the price is the amend's alone; what describes the call is the amend's
     * where it says so.
     */
    Usage amendedBy(Usage said) {
        return new Usage(
                said.timed ? said.time : time,
                said.timed || timed,
                said.provider,
                said.model,
                said.requestModel,
                or(said.operation, operation),
                or(said.requestId, requestId),
                said.serviceTier,
                said.region,
                said.variant,
                said.speed,
                or(said.user, user),
                or(said.reservation, reservation),
                or(said.status, status),
                or(said.latencyMs, latencyMs),
                said.billable,
                said.labels.isEmpty() ? labels : said.labels,
                said.dimensions,
                said.vendor,
                said.overQuotas);
    }

    /** As it is remembered: without the vendor's own words, which are in the event's first row only. */
    Usage remembered() {
        return vendor == null || vendor.usage() == null ? this : with(region, vendor.withoutUsage());
    }

    Usage inRegion(String named) {
        return with(named, vendor);
    }

    private Usage with(@Nullable String inRegion, @Nullable Vendor reading) {
        return new Usage(
                time,
                timed,
                provider,
                model,
                requestModel,
                operation,
                requestId,
                serviceTier,
                inRegion,
                variant,
                speed,
                user,
                reservation,
                status,
                latencyMs,
                billable,
                labels,
                dimensions,
                reading,
                overQuotas);
    }

    /**
     * Text of what the sender said, less what the gateway may have added to it (the key's user and labels, its own
     * clock): where two differ in it, they are of other content.
     */
    String saidForSure() {
        Map<String, String> counted = new TreeMap<>();
        dimensions.forEach(one -> counted.put(one.dimension(), Objects.toString(Amount.text(one.quantity()))));
        return (timed ? Long.toString(time) : "-") + "|" + provider + "|" + model + "|" + requestModel + "|"
                + operation + "|" + requestId + "|" + serviceTier + "|" + region + "|" + variant + "|" + speed + "|"
                + reservation + "|" + status + "|" + latencyMs + "|" + billable + "|" + counted
                + (vendor != null && dimensions.isEmpty() ? vendor.quality() : "");
    }

    /** The same with what the gateway may have added: where two are equal in it, they are of the same content. */
    String saidAtMost() {
        return saidForSure() + "|" + user + "|" + new TreeMap<>(labels);
    }

    private static <T> @Nullable T or(@Nullable T first, @Nullable T second) {
        return first != null ? first : second;
    }
}
