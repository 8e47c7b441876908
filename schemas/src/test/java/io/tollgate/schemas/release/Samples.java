package io.tollgate.schemas.release;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.Charge;
import io.tollgate.avro.Company;
import io.tollgate.avro.DeadLetter;
import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.Entry;
import io.tollgate.avro.EntryState;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.HeldCorrection;
import io.tollgate.avro.Job;
import io.tollgate.avro.JobPhase;
import io.tollgate.avro.JobProgress;
import io.tollgate.avro.JobWish;
import io.tollgate.avro.LineItem;
import io.tollgate.avro.ModelName;
import io.tollgate.avro.MoneyChange;
import io.tollgate.avro.OldSecret;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.PartitionProgress;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.ReadingQuality;
import io.tollgate.avro.Rerating;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.avro.UsageStats;
import io.tollgate.avro.VendorReading;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.AvroGuards;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;

/** A full record of each kind: every optional field is set, one decimal is beyond a long. */
public final class Samples {
    private static final long TIME = 1_795_000_000_123_456L;

    static {
        // A builder's defaults are decoded.
        AvroGuards.set();
    }

    private Samples() {}

    /** One of each. */
    public static List<SpecificRecordBase> all() {
        List<SpecificRecordBase> all = new ArrayList<>(QuotaSamples.all());
        all.addAll(ControlSamples.all());
        all.addAll(List.of(
                submission(),
                rated(),
                outcome(),
                stats(),
                dead(),
                prices(),
                company(),
                key(),
                entry(),
                job(),
                jobProgress()));
        return all;
    }

    public static Submission submission() {
        return Submission.newBuilder()
                .setCompany("acme")
                .setKind(SubmissionKind.AMEND)
                .setSource("search-service")
                .setId("req-1")
                .setFingerprint(-42)
                .setRevision(2)
                .setCorrectionSource("desk")
                .setCorrectionId("fix-1")
                .setReason("wrong model")
                .setAuthId("key_1")
                .setReceivedAt(TIME + 5)
                .setRow(2)
                .setUsage(Usage.newBuilder()
                        .setEventTime(TIME)
                        .setEventTimeGiven(true)
                        .setProvider("openai")
                        .setModel("gpt-4o")
                        .setOperation("chat")
                        .setRequestId("chatcmpl-1")
                        .setServiceTier("priority")
                        .setRegion("eu")
                        .setVariant("fast")
                        .setSpeed("fast")
                        .setVendor(vendor())
                        .setRequestModel("gpt-4o-latest")
                        .setUser("user-42")
                        .setReservation("rsv_1")
                        .setStatus(200)
                        .setLatencyMs(812L)
                        .setBillable(true)
                        .setLabels(Map.of("team", "search"))
                        .setOverQuotas(List.of("acme-month"))
                        .setDimensions(List.of(
                                new DimensionQuantity("input", exact("1200")),
                                new DimensionQuantity("audio_second", exact("3.25"))))
                        .build())
                .build();
    }

    public static RatedUsage rated() {
        return RatedUsage.newBuilder()
                .setCompany("acme")
                .setSource("search-service")
                .setId("req-1")
                .setSequence(2)
                .setKind(RowKind.REPLACEMENT)
                .setCause(SubmissionKind.AMEND)
                .setCorrects(0)
                .setReason("wrong model")
                .setRevision(2)
                .setState(RatingState.RATED)
                .setCode("none")
                .setRequests(1)
                .setEventTime(TIME)
                .setBookedAt(TIME + 9)
                .setEventsPartition(3)
                .setEventsOffset(99)
                .setAuthId("key_1")
                .setUser("user-42")
                .setProvider("openai")
                .setModel("gpt-4o")
                .setOperation("chat")
                .setRequestId("chatcmpl-1")
                .setServiceTier("priority")
                .setRegion("eu")
                .setVariant("fast")
                .setSpeed("fast")
                .setVendor(vendor())
                .setRequestModel("gpt-4o-latest")
                .setReservation("rsv_1")
                .setStatus(200)
                .setLatencyMs(812L)
                .setBillable(true)
                .setLabels(Map.of("team", "search"))
                .setLines(List.of(new LineItem(
                        "input",
                        "token",
                        exact("1200"),
                        exact("0.0000025"),
                        exact("0.000002"),
                        exact("1.1"),
                        exact("1.2"),
                        exact("0.0036"),
                        exact("0.00264"),
                        "price_1",
                        "exact",
                        exact("0"))))
                .setTokens(exact("1200"))
                .setCost(exact("0.00264"))
                .setListCost(exact("99999999999999999999.000000000000000000000001"))
                .setCurrency("USD")
                .setPriceVersion(7L)
                .setOverQuotas(List.of("acme-month"))
                .build();
    }

    static Outcome outcome() {
        return Outcome.newBuilder()
                .setCompany("acme")
                .setSource("search-service")
                .setId("req-1")
                .setSubmission(SubmissionKind.VOID)
                .setOutcome(OutcomeKind.APPLIED)
                .setRevision(1)
                .setCode("code")
                .setDetail("detail")
                .setCorrectionSource("desk")
                .setCorrectionId("fix-1")
                .setReason("never happened")
                .setAuthId("key_1")
                .setBookedAt(TIME)
                .setEventsPartition(3)
                .setEventsOffset(100)
                .build();
    }

    static UsageStats stats() {
        return UsageStats.newBuilder()
                .setCompany("acme")
                .setGranularity(Granularity.QUARTER_HOUR)
                .setWindowStart(TIME - TIME % 900_000_000)
                .setUser("user-42")
                .setAuthId("key_1")
                .setProvider("openai")
                .setModel("gpt-4o")
                .setServiceTier("priority")
                .setLabels(Map.of("team", "search"))
                .setCurrency("USD")
                .setRequests(12)
                .setSuccesses(11)
                .setErrors(1)
                .setUnpriced(2)
                .setDimensions(List.of(new DimensionQuantity("input", exact("14400"))))
                .setTokens(exact("14400"))
                .setCost(exact("0.036"))
                .setListCost(exact("0.03"))
                .setLatencyHistogram(List.of(0L, 12L))
                .setVersion(4)
                .build();
    }

    static DeadLetter dead() {
        return DeadLetter.newBuilder()
                .setCode("unreadable")
                .setDetail("no Avro record")
                .setOriginTopic("usage.inbox")
                .setOriginPartition(1)
                .setOriginOffset(12)
                .setOriginTimestamp(TIME)
                .setCompany("acme")
                .setSource("search-service")
                .setId("req-1")
                .setOriginal(bytes("what came"))
                .build();
    }

    static PriceTimeline prices() {
        return PriceTimeline.newBuilder()
                .setCompany("acme")
                .setProvider("openai")
                .setModel("gpt-4o")
                .setVersion(7)
                .setChangedAt(TIME)
                .setItems(List.of(PriceItem.newBuilder()
                        .setId("price_1")
                        .setDimension("input")
                        .setUnit("token")
                        .setUnitPrice(exact("0.0000025"))
                        .setMultiplier(exact("1.1"))
                        .setWhen(Map.of("region", "eu"))
                        .setCurrency("USD")
                        .setTierFrom(exact("200000"))
                        .setTierInclusive(true)
                        .setTierBasis("input_tokens")
                        .setServiceTier("batch")
                        .setRegion("eu")
                        .setVariant("fast")
                        .setTimeWindowUtc("16:30-00:30")
                        .setEffectiveFrom(TIME)
                        .setEffectiveTo(TIME + 1)
                        .setRecordedAt(TIME + 2)
                        .setAliasOf(new ModelName("openai", "gpt-4o"))
                        .build()))
                .build();
    }

    static Company company() {
        return Company.newBuilder()
                .setId("acme")
                .setName("Acme")
                .setCurrency("EUR")
                .setTimezone("Europe/Berlin")
                .setLabels(Map.of("segment", "enterprise"))
                .setVersion(3)
                .setCreatedAt(TIME)
                .setUpdatedAt(TIME + 1)
                .build();
    }

    static ApiKey key() {
        return ApiKey.newBuilder()
                .setId("key_1")
                .setCompany("acme")
                .setUser("user-42")
                .setName("search prod")
                .setPrefix("tg_a1b2c")
                .setSecretSha256(bytes("0123456789abcdef0123456789abcdef"))
                .setOldSecrets(List.of(new OldSecret(bytes("fedcba9876543210fedcba9876543210"), TIME + 3)))
                .setScopes(List.of("ingest", "correct"))
                .setModels(List.of("gpt-*"))
                .setLabels(Map.of("team", "search"))
                .setMetadata(Map.of("owner", "platform"))
                .setExpiresAt(TIME + 1)
                .setBlocked(true)
                .setRevokedAt(TIME + 2)
                .setVersion(2)
                .setCreatedAt(TIME)
                .setUpdatedAt(TIME + 2)
                .build();
    }

    static Job job() {
        return Job.newBuilder()
                .setId("rerating_1")
                .setWanted(JobWish.PAUSE)
                .setRerating(Rerating.newBuilder()
                        .setCompany("acme")
                        .setProvider("openai")
                        .setModel("gpt-4o")
                        .setFrom(TIME)
                        .setTo(TIME + 1)
                        .setOnlyUnpriced(true)
                        .setReason("the new price list")
                        .setDryRun(true)
                        .build())
                .setVersion(2)
                .setCreatedAt(TIME)
                .setUpdatedAt(TIME + 1)
                .build();
    }

    static JobProgress jobProgress() {
        return JobProgress.newBuilder()
                .setId("rerating_1")
                .setRunner("gateway_1")
                .setPhase(JobPhase.SCANNING)
                .setError("none")
                .setPartitions(List.of(new PartitionProgress(3, 10L, 20L, 30L, 99L)))
                .setRowsRead(10)
                .setSubmitted(9)
                .setEvents(8)
                .setNewlyPriced(7)
                .setNoLongerPriced(6)
                .setMoney(List.of(
                        new MoneyChange("USD", exact("0.00264"), exact("0.003"), exact("0.0036"), exact("0.004"))))
                .setStartedAt(TIME)
                .setUpdatedAt(TIME + 1)
                .build();
    }

    static Entry entry() {
        return Entry.newBuilder()
                .setState(EntryState.LIVE)
                .setFingerprint(-42)
                .setRevision(2)
                .setNextSequence(3)
                .setAuthId("key_1")
                .setUsage(submission().getUsage())
                .setCharge(new Charge(
                        2,
                        RatingState.RATED,
                        "none",
                        rated().getLines(),
                        exact("1200"),
                        exact("0.00264"),
                        exact("0.003"),
                        "USD",
                        7L))
                .setHeld(new HeldCorrection(
                        submission(),
                        3,
                        99L,
                        TIME,
                        bytes("what came"),
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        "vendor=value"))
                .build();
    }

    private static VendorReading vendor() {
        return VendorReading.newBuilder()
                .setFormat("openai.chat")
                .setQuality(ReadingQuality.SETTLED)
                .setRemark("the details are more than the total")
                .setCost(exact("0.0031"))
                .setUsage("{\"prompt_tokens\":1200}")
                .build();
    }

    private static ExactDecimal exact(String text) {
        return Decimals.toAvro(Decimal.parse(text));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
