package io.tollgate.streams.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Submission;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.Usage;
import io.tollgate.streams.Given;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SubmissionCheckTest {
    private static final long NOW = Given.micros(Given.NOW);

    @Test
    void whatIsFineIsNotRefused() {
        assertThat(check(Given.usage("req-1", 1, 1))).isNull();
        assertThat(check(Given.amend("req-1", 2, 1, 1))).isNull();
        assertThat(check(Given.voiding("req-1"))).isNull();
        assertThat(check(Given.rerating("req-1"))).isNull();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("invalid_event", submission -> submission.setCompany("")),
                refused("invalid_event", submission -> submission.setSource("")),
                refused("invalid_event", submission -> submission.setId("")),
                refused("invalid_event", submission -> submission.setId("a\0b")),
                refused("value_too_long", submission -> submission.setId("x".repeat(257))),
                refused("value_too_long", submission -> submission.setReason("x".repeat(1_025))),
                refused("unknown_type", submission -> submission.setKind(SubmissionKind.UNKNOWN)),
                refused("invalid_event", submission -> submission.setUsage(null)),
                refused("invalid_event", submission -> submission.setKind(SubmissionKind.AMEND)),
                refusedUsage("missing_provider", usage -> usage.setProvider("")),
                refusedUsage("missing_model", usage -> usage.setModel("")),
                refusedUsage("invalid_event", usage -> usage.setUser("a\0b")),
                refusedUsage("invalid_event", usage -> usage.setLatencyMs(-1L)),
                refusedUsage("invalid_event", usage -> usage.setStatus(1_000)),
                refusedUsage("value_too_long", usage -> usage.setLabels(Map.of("x".repeat(65), "x"))),
                refusedUsage("invalid_event", usage -> usage.setLabels(Map.of("", "x"))),
                refusedUsage("invalid_event", usage -> usage.setLabels(Map.of("team", "\0"))),
                refusedUsage("invalid_event", usage -> usage.setLabels(labels(65))),
                refusedUsage("too_many_dimensions", usage -> usage.setDimensions(dimensions(65))),
                refusedUsage("invalid_event", usage -> usage.setDimensions(twice())),
                refusedUsage("invalid_event", usage -> usage.setDimensions(List.of())),
                refusedUsage("invalid_event", usage -> usage.setDimensions(named("Input"))),
                refusedUsage("invalid_event", usage -> usage.setDimensions(named(""))),
                refusedUsage("value_too_long", usage -> usage.setDimensions(named("x".repeat(65)))),
                refusedUsage("invalid_quantity", usage -> usage.setDimensions(of(Given.decimal("-1")))),
                refusedUsage("invalid_quantity", usage -> usage.setDimensions(of(Given.decimal("0.1234567890123")))),
                refusedUsage("invalid_quantity", usage -> usage.setDimensions(of(Given.decimal("1" + "0".repeat(38))))),
                refusedUsage(
                        "invalid_quantity",
                        usage -> usage.setDimensions(of(new ExactDecimal(1L, -2_000_000_000, null)))),
                refusedUsage(
                        "invalid_quantity",
                        usage -> usage.setDimensions(of(new ExactDecimal(1L, 2_000_000_000, null)))),
                refusedUsage("invalid_quantity", usage -> usage.setDimensions(of(big(new byte[10_000])))),
                refusedUsage("invalid_quantity", usage -> usage.setDimensions(of(big(new byte[0])))),
                refusedUsage("timestamp_in_future", usage -> usage.setEventTime(NOW + micros(Duration.ofMinutes(16)))),
                refusedUsage(
                        "timestamp_too_far_in_past",
                        usage -> usage.setEventTime(NOW - micros(Duration.ofDays(34)) - 1)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsWrongIsRefusedByItsCode(String code, Consumer<Submission> spoil) {
        Submission submission = Given.usage("req-1", 1, 1);
        spoil.accept(submission);

        assertThat(Objects.requireNonNull(check(submission)).code()).isEqualTo(code);
    }

    @Test
    void theWidestQuantitiesAndTheEdgesOfTimeAreFine() {
        Usage usage = Given.usageOf("gpt-4o", Map.of("input", "9".repeat(26) + "." + "9".repeat(12)));
        usage.setEventTime(NOW - micros(Duration.ofDays(34)));
        assertThat(check(Given.usage("req-1", usage))).isNull();

        usage.setEventTime(NOW + micros(Duration.ofMinutes(15)));
        usage.setDimensions(of(new ExactDecimal(1_000_000L, 18, null)));
        assertThat(check(Given.usage("req-1", usage))).isNull();
    }

    @Test
    void aCallThatFailedMayHaveUsedNothing() {
        Usage usage = Given.usageOf("gpt-4o", Map.of());
        usage.setStatus(500);
        assertThat(check(Given.usage("req-1", usage))).isNull();
    }

    @Test
    void anAmendThatNamesNoTimeHasNoAge() {
        Submission amend = Given.amend("req-1", 2, 1, 1);
        Usage usage = Objects.requireNonNull(amend.getUsage());
        usage.setEventTime(0L);
        usage.setEventTimeGiven(true);
        assertThat(Objects.requireNonNull(check(amend)).code()).isEqualTo("timestamp_too_far_in_past");

        usage.setEventTimeGiven(false);
        assertThat(check(amend)).isNull();
    }

    private static @Nullable Refusal check(Submission submission) {
        return SubmissionCheck.check(submission, NOW);
    }

    private static Arguments refused(String code, Consumer<Submission> spoil) {
        return Arguments.of(code, spoil);
    }

    private static Arguments refusedUsage(String code, Consumer<Usage> spoil) {
        Consumer<Submission> inner = submission -> spoil.accept(Objects.requireNonNull(submission.getUsage()));
        return Arguments.of(code, inner);
    }

    private static List<DimensionQuantity> of(ExactDecimal quantity) {
        return List.of(new DimensionQuantity("input", quantity));
    }

    private static ExactDecimal big(byte[] unscaled) {
        return new ExactDecimal(0L, 0, ByteBuffer.wrap(unscaled));
    }

    private static List<DimensionQuantity> named(String dimension) {
        return List.of(new DimensionQuantity(dimension, Given.decimal("1")));
    }

    private static List<DimensionQuantity> twice() {
        DimensionQuantity one = new DimensionQuantity("input", Given.decimal(BigInteger.ONE.toString()));
        return List.of(one, one);
    }

    private static List<DimensionQuantity> dimensions(int count) {
        return Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> new DimensionQuantity("d" + i, Given.decimal("1")))
                .toList();
    }

    private static Map<String, String> labels(int count) {
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < count; i++) {
            labels.put("label-" + i, "x");
        }
        return labels;
    }

    private static long micros(Duration duration) {
        return duration.toMillis() * 1_000;
    }
}
