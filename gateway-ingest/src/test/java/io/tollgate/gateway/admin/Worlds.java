package io.tollgate.gateway.admin;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.Company;
import io.tollgate.avro.Enforcement;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Scope;
import io.tollgate.avro.Webhook;
import io.tollgate.avro.WebhookStyle;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.schemas.serde.AvroGuards;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A little configuration for records to name: company acme in Berlin with a key, a quota and a webhook, and one more each. */
final class Worlds {
    static {
        AvroGuards.set();
    }

    static final Known ACME = new Known(
            Map.of("acme", company("acme", "EUR", "Europe/Berlin"), "globex", company("globex", "USD", "UTC"))::get,
            Map.of("key_a", key("key_a", "acme"), "key_g", key("key_g", "globex"))::get,
            Map.of(
                    "acme-month", quota("acme-month", "acme", PeriodKind.MONTH),
                    "acme-rolling", quota("acme-rolling", "acme", PeriodKind.ROLLING),
                    "acme-calls", quota("acme-calls", "acme", null),
                    "globex-month", quota("globex-month", "globex", PeriodKind.MONTH))::get,
            Map.of("ops", webhook("ops", null), "globex-ops", webhook("globex-ops", "globex"))::get);

    private Worlds() {}

    static Fields fields(String body, List<FieldError> errors) {
        return Fields.of(Json.MAPPER.readTree(body), "", errors);
    }

    private static Company company(String id, String currency, String timezone) {
        return new Company(id, id, currency, timezone, Map.of(), 1L, 0L, 0L);
    }

    private static ApiKey key(String id, String company) {
        return ApiKey.newBuilder()
                .setId(id)
                .setCompany(company)
                .setName(id)
                .setPrefix("tg_12345")
                .setSecretSha256(ByteBuffer.wrap(new byte[32]))
                .setScopes(List.of())
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }

    /** @param period null: of open admissions */
    private static Quota quota(String id, String company, @Nullable PeriodKind period) {
        return Quota.newBuilder()
                .setId(id)
                .setScope(new Scope(company, null, null, null, null))
                .setMetric(period == null ? "concurrent" : "requests")
                .setPeriod(period == null ? null : new Period(period, period == PeriodKind.ROLLING ? 3600L : 0L, 0L))
                .setLimit(new ExactDecimal(10L, 0, null))
                .setEnforcement(Enforcement.HARD)
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }

    private static Webhook webhook(String id, @Nullable String company) {
        return new Webhook(id, "https://example.com/", WebhookStyle.STANDARD, company, List.of(), true, 1L, 0L, 0L);
    }
}
