package io.tollgate.streams;

import io.tollgate.avro.Boost;
import io.tollgate.avro.Enforcement;
import io.tollgate.avro.ManualReset;
import io.tollgate.avro.Period;
import io.tollgate.avro.PeriodKind;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Scope;
import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.Fingerprint;
import io.tollgate.schemas.serde.AvroGuards;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Quotas for tests, and usage to be counted by them: of so many input tokens, at a time of its own. */
final class GivenQuota {
    static {
        AvroGuards.set();
    }

    private GivenQuota() {}

    /** The company's: of so many tokens, hard, with a warning at 80 %. */
    static Quota tokens(String id, String limit, PeriodKind period) {
        return Quota.newBuilder()
                .setId(id)
                .setScope(scope(Given.COMPANY, null, null))
                .setMetric("tokens")
                .setLimit(Given.decimal(limit))
                .setPeriod(new Period(period, 0L, 0L))
                .setTimezone("UTC")
                .setEnforcement(Enforcement.HARD)
                .setThresholds(List.of(Given.decimal("80")))
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }

    static Quota cost(String id, String limit, PeriodKind period) {
        Quota quota = tokens(id, limit, period);
        quota.setMetric("cost");
        quota.setCurrency("USD");
        return quota;
    }

    static Quota every(String id, String limit, PeriodKind kind, long seconds, Instant anchor) {
        Quota quota = tokens(id, limit, PeriodKind.DAY);
        quota.setPeriod(new Period(kind, seconds, Given.micros(anchor)));
        return quota;
    }

    static Quota in(Quota quota, String zone) {
        quota.setTimezone(zone);
        return quota;
    }

    static Quota of(Quota quota, Scope scope) {
        quota.setScope(scope);
        return quota;
    }

    static Scope scope(String company, @Nullable String user, @Nullable String key) {
        return new Scope(company, user, key, null, null);
    }

    static Quota limited(Quota quota, String limit) {
        return Quota.newBuilder(quota).setLimit(Given.decimal(limit)).build();
    }

    static Quota boosted(Quota quota, String limit, Instant until) {
        return Quota.newBuilder(quota)
                .setBoost(new Boost(Given.decimal(limit), Given.micros(until)))
                .build();
    }

    static Quota reset(Quota quota, int number, @Nullable String user, Instant at) {
        ManualReset reset = ManualReset.newBuilder()
                .setNumber(number)
                .setUser(user)
                .setReason("a mistake of ours")
                .setAt(Given.micros(at))
                .build();
        return Quota.newBuilder(quota).setResets(List.of(reset)).build();
    }

    static Submission used(String id, long tokens, Instant at) {
        return used(id, tokens, at, "user-42", "gpt-4o", null);
    }

    static Submission used(
            String id, long tokens, Instant at, @Nullable String user, String model, @Nullable String reservation) {
        Usage usage = Given.usageOf(model, Map.of("input", Long.toString(tokens)));
        usage.setEventTime(Given.micros(at));
        usage.setUser(user);
        usage.setReservation(reservation);
        Submission submission = Given.usage(id, usage);
        submission.setFingerprint(Fingerprint.of(submission));
        return submission;
    }
}
