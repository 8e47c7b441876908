package io.tollgate.usageapi;

import static io.tollgate.usageapi.UsageApiStack.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.avro.Enforcement;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Hold;
import io.tollgate.avro.MovedState;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.QuotaSettlement;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.QuotaStatus;
import io.tollgate.avro.Reservation;
import io.tollgate.avro.Scope;
import io.tollgate.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** How quotas stand, from the topics that the gateway and the topology write. */
@ExtendWith(StackExtension.class)
class QuotasIT {
    /** Long, so that no test is in two of them. */
    private static final Duration WINDOW = Duration.ofDays(30);

    private static final long MICROS = WINDOW.toSeconds() * 1_000_000;

    private final UsageApiStack stack;
    private final long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());

    QuotasIT(UsageApiStack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void makeQuotas() {
        stack.putRecord(Topics.CONFIG_QUOTAS, "budget", quota("budget", null, "cost"));
        stack.putRecord(Topics.CONFIG_QUOTAS, "each-user", quota("each-user", "*", "tokens"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !items("/v1/quotas?id=budget").isEmpty());
    }

    @Test
    void whatIsUsedAndWhatIsReservedAreJoinedAndNothingIsInBoth() {
        stack.putRecord(Topics.QUOTA_STATES, "s1", state("budget", null, 4, 10));
        stack.putRecord(Topics.QUOTA_RESERVATIONS, "acme", reservation("rsv_1", 3));
        awaitLine("budget", "4 3 10 3 ok");
        JsonNode item = items("/v1/quotas?company=acme&id=budget").path(0);
        assertThat(item.path("currency").asString()).isEqualTo("USD");
        assertThat(item.path("period").asString()).isEqualTo("every");
        assertThat(item.path("enforcement").asString()).isEqualTo("hard");
        assertThat(item.path("window_end").asString()).isEqualTo(text(now - now % MICROS + MICROS));
        assertThat(item.path("resets_at")).isEqualTo(item.path("window_end"));
        assertThat(item.path("as_of").isString()).isTrue();

        // The settlement comes before its state: what was held stays held until the state has it.
        stack.putRecord(
                Topics.QUOTA_SETTLEMENTS,
                "acme",
                new QuotaSettlement(
                        "acme", 11L, List.of("rsv_1"), List.of(new MovedState("budget", null, null, null))));
        stack.putRecord(Topics.QUOTA_STATES, "s1", state("budget", null, 6, 11));
        awaitLine("budget", "6 0 10 4 ok");
    }

    @Test
    void eachUsersCountIsAnItemAndAKeySeesItsOwnCompany() {
        stack.putRecord(Topics.QUOTA_STATES, "u1", state("each-user", "ann", 9, 20));
        stack.putRecord(Topics.QUOTA_STATES, "u2", state("each-user", "bob", 12, 21));
        awaitLine("each-user&user=bob", "12 0 10 0 exceeded");
        awaitLine("each-user&user=ann", "9 0 10 1 warning");

        JsonNode first = json(stack.asAcme("/v1/quotas?id=each-user&limit=1"));
        assertThat(first.at("/items/0/user").asString()).isEqualTo("ann");
        JsonNode second = json(stack.asAcme("/v1/quotas?id=each-user&limit=1&cursor="
                + first.path("next_cursor").asString()));
        assertThat(second.at("/items/0/user").asString()).isEqualTo("bob");
        assertThat(second.path("next_cursor").isNull()).isTrue();

        assertThat(json(stack.asBeta("/v1/quotas")).path("items")).isEmpty();
        assertThat(stack.asBeta("/v1/quotas?company=acme").statusCode()).isEqualTo(403);
        assertThat(json(stack.asAdmin("/v1/quotas?company=nobody")).path("items"))
                .isEmpty();
        assertThat(stack.asAcme("/v1/quotas?users=ann").statusCode()).isEqualTo(400);
    }

    private void awaitLine(String query, String wanted) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode item = items("/v1/quotas?id=" + query).path(0);
            assertThat(String.join(
                            " ",
                            item.path("used").asString(""),
                            item.path("reserved").asString(""),
                            item.path("limit").asString(""),
                            item.path("remaining").asString(""),
                            item.path("status").asString("")))
                    .isEqualTo(wanted);
        });
    }

    private JsonNode items(String path) {
        return json(stack.asAcme(path)).path("items");
    }

    private Quota quota(String id, @Nullable String user, String metric) {
        return Quota.newBuilder()
                .setId(id)
                .setScope(new Scope("acme", user, null, null, null))
                .setMetric(metric)
                .setCurrency(metric.equals("cost") ? "USD" : null)
                .setLimit(whole(10))
                .setPeriod(new Period(PeriodKind.EVERY, WINDOW.toSeconds(), 0L))
                .setEnforcement(Enforcement.HARD)
                .setThresholds(List.of(whole(80)))
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }

    private QuotaState state(String quota, @Nullable String user, long used, long version) {
        long start = now - now % MICROS;
        QuotaStatus status = used > 10 ? QuotaStatus.EXCEEDED : used >= 8 ? QuotaStatus.WARNING : QuotaStatus.OK;
        return QuotaState.newBuilder()
                .setQuota(quota)
                .setCompany("acme")
                .setUser(user)
                .setMetric(quota.equals("budget") ? "cost" : "tokens")
                .setCurrency(quota.equals("budget") ? "USD" : null)
                .setUsed(whole(used))
                .setLimit(whole(10))
                .setRemaining(whole(Math.max(0, 10 - used)))
                .setStatus(status)
                .setWindowStart(start)
                .setWindowEnd(start + MICROS)
                .setResetsAt(start + MICROS)
                .setVersion(version)
                .setChangedAt(now)
                .build();
    }

    private Reservation reservation(String id, long amount) {
        return Reservation.newBuilder()
                .setId(id)
                .setCompany("acme")
                .setGateway("gw_1")
                .setHolds(List.of(new Hold("budget", null, null, whole(amount))))
                .setGrantedAt(now)
                .setExpiresAt(now + 3_600_000_000L)
                .build();
    }

    private static ExactDecimal whole(long value) {
        return new ExactDecimal(value, 0, null);
    }

    private static String text(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
