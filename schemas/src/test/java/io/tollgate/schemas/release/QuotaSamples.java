package io.tollgate.schemas.release;

import io.tollgate.avro.Alert;
import io.tollgate.avro.AlertKind;
import io.tollgate.avro.AlertRule;
import io.tollgate.avro.Boost;
import io.tollgate.avro.Enforcement;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Hold;
import io.tollgate.avro.ManualReset;
import io.tollgate.avro.MovedState;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaReset;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.QuotaStatus;
import io.tollgate.avro.Reservation;
import io.tollgate.avro.Scope;
import io.tollgate.avro.UsagePartial;
import io.tollgate.avro.UsagePartials;
import io.tollgate.avro.User;
import io.tollgate.avro.Webhook;
import io.tollgate.avro.WebhookSecret;
import io.tollgate.avro.WebhookStyle;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;

/** A full record of each kind that quotas, admissions and alerts have. */
final class QuotaSamples {
    private static final long TIME = 1_795_000_000_123_456L;
    private static final Scope SCOPE = new Scope("acme", "*", "key_1", "openai", "gpt-4o*");
    private static final Period THIRTY_DAYS = new Period(PeriodKind.EVERY, 2_592_000L, TIME - TIME % 900_000_000);

    private QuotaSamples() {}

    static List<SpecificRecordBase> all() {
        return List.of(
                partials(), quota(), state(), reset(), settlement(), reservation(), rule(), alert(), webhook(), user());
    }

    private static UsagePartials partials() {
        return new UsagePartials(List.of(new UsagePartial(Samples.stats(), List.of("rsv_1", "rsv_2"))));
    }

    private static Quota quota() {
        return Quota.newBuilder()
                .setId("acme-month")
                .setScope(SCOPE)
                .setMetric("cost")
                .setCurrency("EUR")
                .setLimit(exact("500"))
                .setPeriod(THIRTY_DAYS)
                .setTimezone("Europe/Berlin")
                .setEnforcement(Enforcement.HARD)
                .setThresholds(List.of(exact("50"), exact("99.5")))
                .setBoost(new Boost(exact("750"), TIME + 9))
                .setResets(List.of(new ManualReset(1, "acme", "user-42", "key_1", "a refund", TIME)))
                .setVersion(3)
                .setCreatedAt(TIME)
                .setUpdatedAt(TIME + 1)
                .build();
    }

    private static QuotaState state() {
        return QuotaState.newBuilder()
                .setQuota("acme-month")
                .setCompany("acme")
                .setUser("user-42")
                .setKey("key_1")
                .setMetric("cost")
                .setCurrency("EUR")
                .setUsed(exact("499.000000001"))
                .setLimit(exact("500"))
                .setRemaining(exact("0.999999999"))
                .setStatus(QuotaStatus.WARNING)
                .setWindowStart(TIME)
                .setWindowEnd(TIME + 2)
                .setResetsAt(TIME + 2)
                .setVersion(17)
                .setChangedAt(TIME + 1)
                .build();
    }

    private static QuotaReset reset() {
        return QuotaReset.newBuilder()
                .setQuota("acme-month")
                .setCompany("acme")
                .setUser("user-42")
                .setKey("key_1")
                .setMetric("cost")
                .setCurrency("EUR")
                .setWindowStart(TIME)
                .setWindowEnd(TIME + 2)
                .setNumber(1)
                .setReason("a refund")
                .setUsed(exact("99999999999999999999.000000000000000000000001"))
                .setLimit(exact("500"))
                .setLate(true)
                .setVersion(18)
                .setAt(TIME + 3)
                .build();
    }

    private static QuotaSettlement settlement() {
        return new QuotaSettlement(
                "acme", 17L, List.of("rsv_1"), List.of(new MovedState("acme-month", "user-42", "key_1", TIME)));
    }

    private static Reservation reservation() {
        return Reservation.newBuilder()
                .setId("rsv_1")
                .setCompany("acme")
                .setGateway("gateway_1")
                .setReleased(true)
                .setUser("user-42")
                .setAuthId("key_1")
                .setProvider("openai")
                .setModel("gpt-4o")
                .setHolds(List.of(new Hold("acme-month", "user-42", "key_1", exact("0.0105"))))
                .setGrantedAt(TIME)
                .setExpiresAt(TIME + 600_000_000)
                .build();
    }

    private static AlertRule rule() {
        return AlertRule.newBuilder()
                .setId("spend")
                .setScope(SCOPE)
                .setKind(AlertKind.SPIKE)
                .setQuota("acme-month")
                .setThresholds(List.of(exact("3")))
                .setWindow(THIRTY_DAYS)
                .setTimezone("Europe/Berlin")
                .setCurrency("EUR")
                .setMinimum(exact("10"))
                .setBaselineWindows(24)
                .setWebhooks(List.of("ops"))
                .setEnabled(false)
                .setVersion(2)
                .setCreatedAt(TIME)
                .setUpdatedAt(TIME + 1)
                .build();
    }

    private static Alert alert() {
        return Alert.newBuilder()
                .setId("alt_1")
                .setRule("spend")
                .setKind(AlertKind.QUOTA_SHARE)
                .setResolved(true)
                .setNumber(2)
                .setLate(true)
                .setCompany("acme")
                .setUser("user-42")
                .setKey("key_1")
                .setProvider("openai")
                .setModel("gpt-4o*")
                .setQuota("acme-month")
                .setMetric("cost")
                .setCurrency("EUR")
                .setThreshold(exact("80"))
                .setValue(exact("99.8"))
                .setUsed(exact("499"))
                .setLimit(exact("500"))
                .setWindowStart(TIME)
                .setWindowEnd(TIME + 2)
                .setWebhooks(List.of("ops"))
                .setAt(TIME + 3)
                .build();
    }

    private static Webhook webhook() {
        return Webhook.newBuilder()
                .setId("ops")
                .setUrl("https://example.com/hook")
                .setStyle(WebhookStyle.SLACK)
                .setCompany("acme")
                .setSecrets(List.of(new WebhookSecret(
                        ByteBuffer.wrap("0123456789abcdef01234567".getBytes(StandardCharsets.UTF_8)), TIME)))
                .setEnabled(false)
                .setVersion(2)
                .setCreatedAt(TIME)
                .setUpdatedAt(TIME + 1)
                .build();
    }

    private static User user() {
        return User.newBuilder()
                .setCompany("acme")
                .setId("user-42")
                .setBlocked(true)
                .setLabels(Map.of("team", "search"))
                .setVersion(2)
                .setCreatedAt(TIME)
                .setUpdatedAt(TIME + 1)
                .build();
    }

    private static ExactDecimal exact(String text) {
        return Decimals.toAvro(Decimal.parse(text));
    }
}
