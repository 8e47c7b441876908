package io.tollgate.sink;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.LineItem;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Records as the topology writes them. */
public final class Records {
    private Records() {}

    /** Epoch µs: within the days that a sink has partitions for. */
    public static long now() {
        return micros(Instant.now());
    }

    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    public static ExactDecimal exact(String number) {
        return Decimals.toAvro(Decimal.parse(number));
    }

    public static RatedUsage rated(String company, String id, String cost) {
        return RatedUsage.newBuilder()
                .setCompany(company)
                .setSource("search-service")
                .setId(id)
                .setSequence(0)
                .setKind(RowKind.USAGE)
                .setCause(SubmissionKind.USAGE)
                .setState(RatingState.RATED)
                .setRequests(1)
                .setEventTime(now())
                .setBookedAt(now())
                .setEventsPartition(0)
                .setEventsOffset(0)
                .setUser("user-42")
                .setProvider("anthropic")
                .setModel("claude-sonnet-4-5")
                .setStatus(200)
                .setLatencyMs(812L)
                .setLabels(Map.of("team", "search"))
                .setLines(List.of(LineItem.newBuilder()
                        .setDimension("input")
                        .setUnit("token")
                        .setQuantity(exact("1200"))
                        .setUnitPrice(exact("0.000003"))
                        .setCost(exact(cost))
                        .setListCost(exact(cost))
                        .setPriceMatch("exact")
                        .build()))
                .setTokens(exact("1200"))
                .setCost(exact(cost))
                .setListCost(exact(cost))
                .setCurrency("USD")
                .setPriceVersion(3L)
                .build();
    }

    public static Outcome outcome(String company, String id, long eventsOffset, OutcomeKind kind) {
        return Outcome.newBuilder()
                .setCompany(company)
                .setSource("search-service")
                .setId(id)
                .setSubmission(SubmissionKind.VOID)
                .setOutcome(kind)
                .setBookedAt(now())
                .setEventsPartition(0)
                .setEventsOffset(eventsOffset)
                .build();
    }

    public static UsageStats stats(String company, Granularity granularity, long version, String cost) {
        return UsageStats.newBuilder()
                .setCompany(company)
                .setGranularity(granularity)
                .setWindowStart(micros(Instant.parse("2026-11-21T00:00:00Z")))
                .setProvider("openai")
                .setModel("gpt-4o")
                .setLabels(Map.of("team", "a \"quoted\" \\ one"))
                .setCurrency("USD")
                .setRequests(version)
                .setSuccesses(version)
                .setErrors(0)
                .setUnpriced(0)
                .setDimensions(List.of(new DimensionQuantity("input", exact("12.5"))))
                .setTokens(exact("12.5"))
                .setCost(exact(cost))
                .setListCost(exact(cost))
                .setLatencyHistogram(List.of(0L, version, 2L))
                .setVersion(version)
                .build();
    }

    public static Submission submission(String company, String id) {
        return Submission.newBuilder()
                .setCompany(company)
                .setKind(SubmissionKind.VOID)
                .setSource("search-service")
                .setId(id)
                .setReceivedAt(now())
                .build();
    }
}
