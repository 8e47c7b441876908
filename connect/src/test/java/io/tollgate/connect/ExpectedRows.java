package io.tollgate.connect;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.LineItem;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.UsageStats;
import io.tollgate.avro.VendorReading;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.StatsKey;
import io.tollgate.schemas.decimal.Decimals;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a row must hold, said once more and otherwise than the transform does: by the generated records. */
final class ExpectedRows {
    static final Set<String> JSON_COLUMNS =
            Set.of("labels", "lines", "vendor", "over_quotas", "dimensions", "latency_histogram");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private ExpectedRows() {}

    static Map<String, @Nullable Object> of(RatedUsage rated) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("booked_on", LocalDate.ofInstant(instant(rated.getBookedAt()), ZoneOffset.UTC));
        row.put(
                "event_hash",
                HexFormat.of().formatHex(EventHash.of(rated.getCompany(), rated.getSource(), rated.getId())));
        row.put("sequence", rated.getSequence());
        row.put("kind", word(rated.getKind()));
        row.put("cause", word(rated.getCause()));
        row.put("corrects", rated.getCorrects());
        row.put("reason", rated.getReason());
        row.put("revision", rated.getRevision());
        row.put("state", word(rated.getState()));
        row.put("code", rated.getCode());
        row.put("requests", rated.getRequests());
        row.put("event_time", instant(rated.getEventTime()));
        row.put("booked_at", instant(rated.getBookedAt()));
        row.put("events_partition", rated.getEventsPartition());
        row.put("events_offset", rated.getEventsOffset());
        row.put("company", rated.getCompany());
        row.put("source", rated.getSource());
        row.put("event_id", rated.getId());
        row.put("user_id", rated.getUser());
        row.put("auth_id", rated.getAuthId());
        row.put("provider", rated.getProvider());
        row.put("model", rated.getModel());
        row.put("request_model", rated.getRequestModel());
        row.put("operation", rated.getOperation());
        row.put("request_id", rated.getRequestId());
        row.put("service_tier", rated.getServiceTier());
        row.put("region", rated.getRegion());
        row.put("variant", rated.getVariant());
        row.put("speed", rated.getSpeed());
        row.put("reservation", rated.getReservation());
        row.put("status", rated.getStatus());
        row.put("latency_ms", rated.getLatencyMs());
        row.put("billable", rated.getBillable());
        row.put("labels", rated.getLabels());
        row.put("lines", rated.getLines().stream().map(ExpectedRows::line).toList());
        row.put("tokens", number(rated.getTokens()));
        row.put("cost", number(rated.getCost()));
        row.put("list_cost", number(rated.getListCost()));
        row.put("currency", rated.getCurrency());
        row.put("price_version", rated.getPriceVersion());
        row.put("vendor", reading(rated.getVendor()));
        row.put("over_quotas", rated.getOverQuotas());
        return row;
    }

    static Map<String, @Nullable Object> of(UsageStats totals) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("row_id", HexFormat.of().formatHex(sha256(StatsKey.of(totals)), 0, 16));
        if (totals.getGranularity() == Granularity.DAY) {
            row.put("date", LocalDate.ofInstant(instant(totals.getWindowStart()), ZoneOffset.UTC));
        } else {
            row.put("window_start", instant(totals.getWindowStart()));
        }
        row.put("company", totals.getCompany());
        row.put("user_id", totals.getUser());
        row.put("auth_id", totals.getAuthId());
        row.put("provider", totals.getProvider());
        row.put("model", totals.getModel());
        row.put("service_tier", totals.getServiceTier());
        row.put("labels", totals.getLabels());
        row.put("currency", totals.getCurrency());
        row.put("requests", totals.getRequests());
        row.put("successes", totals.getSuccesses());
        row.put("errors", totals.getErrors());
        row.put("unpriced", totals.getUnpriced());
        Map<String, Object> dimensions = new LinkedHashMap<>();
        for (DimensionQuantity counted : totals.getDimensions()) {
            dimensions.put(counted.getDimension(), number(counted.getQuantity()));
        }
        row.put("dimensions", dimensions);
        row.put("tokens", number(totals.getTokens()));
        row.put("cost", number(totals.getCost()));
        row.put("list_cost", number(totals.getListCost()));
        row.put("latency_histogram", totals.getLatencyHistogram());
        row.put("version", totals.getVersion());
        return row;
    }

    /** JSON text as it is compared: parsed, with every number exact. */
    static @Nullable Object parsed(String json) {
        return settled(JSON.readValue(json, Object.class));
    }

    /** Nested values with exact numbers; columns as they are. */
    static Map<String, @Nullable Object> comparable(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> comparable = new LinkedHashMap<>();
        row.forEach((name, value) -> comparable.put(name, value instanceof Number ? value : settled(value)));
        return comparable;
    }

    /** 12 and 12.0 are one number; what no text of PostgreSQL can hold is replaced. */
    static @Nullable Object settled(@Nullable Object value) {
        if (value instanceof Number number) {
            return new BigDecimal(number.toString()).stripTrailingZeros();
        }
        if (value instanceof List<?> items) {
            return items.stream().map(ExpectedRows::settled).toList();
        }
        if (value instanceof Map<?, ?> members) {
            Map<@Nullable Object, @Nullable Object> exact = new LinkedHashMap<>();
            members.forEach((name, member) -> exact.put(settled(name), settled(member)));
            return exact;
        }
        return value instanceof String text ? text.replace('\u0000', '\uFFFD') : value;
    }

    private static Map<String, Object> line(LineItem line) {
        Map<String, Object> members = new LinkedHashMap<>();
        put(members, "dimension", line.getDimension());
        put(members, "unit", line.getUnit());
        put(members, "quantity", number(line.getQuantity()));
        put(members, "list_unit_price", number(line.getListUnitPrice()));
        put(members, "unit_price", number(line.getUnitPrice()));
        put(members, "multiplier", number(line.getMultiplier()));
        put(members, "list_multiplier", number(line.getListMultiplier()));
        put(members, "list_cost", number(line.getListCost()));
        put(members, "cost", number(line.getCost()));
        put(members, "price_item", line.getPriceItem());
        put(members, "price_match", line.getPriceMatch());
        put(members, "tier_from", number(line.getTierFrom()));
        return members;
    }

    private static @Nullable Map<String, Object> reading(@Nullable VendorReading reading) {
        if (reading == null) {
            return null;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        put(members, "format", reading.getFormat());
        put(members, "quality", word(reading.getQuality()));
        put(members, "remark", reading.getRemark());
        put(members, "cost", number(reading.getCost()));
        put(members, "usage", reading.getUsage());
        return members;
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    private static @Nullable BigDecimal number(@Nullable ExactDecimal exact) {
        return exact == null ? null : Decimals.fromAvro(exact).toBigDecimal();
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static String word(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
