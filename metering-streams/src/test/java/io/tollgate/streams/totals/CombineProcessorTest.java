package io.tollgate.streams.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.avro.UsagePartial;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.streams.store.BeforeCommit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reservations on their way from the events that settle them to the company's partition. */
class CombineProcessorTest {
    private static final long MINUTE = 60_000_000L;

    private final Codecs codecs = Codecs.settle(new FixedSchemaIds());
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private CombineProcessor processor;

    private final BeforeCommit beforeCommit =
            BeforeCommit.builder(CombineProcessor.STORE).build();

    @BeforeEach
    void start() {
        context.setCurrentSystemTimeMs(0);
        context.addStateStore(beforeCommit);
        processor = new CombineProcessor(codecs.partials());
        processor.init(context);
    }

    @Test
    void aReservationRidesWithTheSumOfTheEventThatSettlesIt() {
        process(row(RowKind.USAGE, MINUTE, "rsv_1"));
        process(row(RowKind.USAGE, MINUTE, null));
        process(row(RowKind.USAGE, 2 * MINUTE, "rsv_2"));

        assertThat(flushed())
                .extracting(partial -> partial.getRow().getWindowStart(), UsagePartial::getReservations)
                .containsExactlyInAnyOrder(tuple(MINUTE, List.of("rsv_1")), tuple(2 * MINUTE, List.of("rsv_2")));
    }

    @Test
    void twoEventsThatNameTheSameReservationSettleItOnce() {
        process(row(RowKind.USAGE, MINUTE, "rsv_1"));
        process(row(RowKind.USAGE, MINUTE, "rsv_1"));
        process(row(RowKind.USAGE, 2 * MINUTE, "rsv_1"));

        assertThat(flushed()).flatExtracting(UsagePartial::getReservations).containsExactly("rsv_1");
    }

    @Test
    void aCorrectionSettlesNothing() {
        process(row(RowKind.REVERSAL, MINUTE, "rsv_1"));

        assertThat(flushed()).flatExtracting(UsagePartial::getReservations).isEmpty();
    }

    @Test
    void ofATaskThatBeginsAgainNothingIsOpen() {
        process(row(RowKind.USAGE, MINUTE, "rsv_1"));
        processor.init(context);
        process(row(RowKind.USAGE, MINUTE, "rsv_1"));

        List<UsagePartial> partials = flushed();
        assertThat(partials).hasSize(1);
        assertThat(partials.get(0).getRow().getRequests()).isEqualTo(1);
        assertThat(partials.get(0).getReservations()).containsExactly("rsv_1");
        assertThat(flushed()).as("what has been sent is not sent again").isEmpty();
    }

    @Test
    void aCompanysSumsTravelTogetherAndNotTooMany() {
        for (int minute = 0; minute <= CombineProcessor.MOST_PARTIALS; minute++) {
            process(row(RowKind.USAGE, minute * MINUTE, null));
            process(row(RowKind.USAGE, minute * MINUTE, null));
        }

        assertThat(flushed())
                .hasSize(CombineProcessor.MOST_PARTIALS + 1)
                .allMatch(partial -> partial.getRow().getRequests() == 2);
        assertThat(context.forwarded()).hasSize(2);
    }

    /** Labels are the senders', and a record that a broker does not take stops its partition. */
    @Test
    void aRecordOfLargeSumsStaysBelowWhatABrokerTakes() {
        for (int minute = 0; minute < 15; minute++) {
            RatedUsage row = row(RowKind.USAGE, minute * MINUTE, null);
            row.setLabels(Map.of("team", "\u00e9".repeat(60_000)));
            process(row);
        }

        assertThat(flushed()).hasSize(15);
        assertThat(context.forwarded())
                .allMatch(sent -> Objects.requireNonNull(sent.record().value()).length < 1_000_000);
    }

    @Test
    void tooManySumsAreNotKeptUntilTheCommit() {
        for (int minute = 0; minute < CombineProcessor.MOST_OPEN; minute++) {
            process(row(RowKind.USAGE, minute * MINUTE, null));
        }

        assertThat(context.forwarded()).hasSize(CombineProcessor.MOST_OPEN / CombineProcessor.MOST_PARTIALS);
        assertThat(flushed()).isEmpty();
    }

    @Test
    void tooManyLabelsAreNotKeptUntilTheCommit() {
        String large = "x".repeat(CombineProcessor.MOST_LABEL_CHARS / 8);
        for (int minute = 0; minute < 8; minute++) {
            assertThat(context.forwarded()).isEmpty();
            RatedUsage row = row(RowKind.USAGE, minute * MINUTE, null);
            row.setLabels(Map.of("team", large));
            process(row);
        }

        assertThat(context.forwarded()).isNotEmpty();
        assertThat(flushed()).isEmpty();
    }

    private void process(RatedUsage row) {
        processor.process(new Record<>(new byte[16], row, 0));
    }

    private List<UsagePartial> flushed() {
        context.resetForwards();
        beforeCommit.doNow();
        return context.forwarded().stream()
                .map(sent -> codecs.partials()
                        .decode(Objects.requireNonNull(sent.record().value())))
                .flatMap(sent -> sent.getPartials().stream())
                .toList();
    }

    private static RatedUsage row(RowKind kind, long eventTime, @Nullable String reservation) {
        return RatedUsage.newBuilder()
                .setCompany("acme")
                .setSource("s")
                .setId("i")
                .setSequence(0)
                .setKind(kind)
                .setCause(SubmissionKind.USAGE)
                .setState(RatingState.RATED)
                .setRequests(1)
                .setEventTime(eventTime)
                .setBookedAt(eventTime)
                .setEventsPartition(0)
                .setEventsOffset(0)
                .setProvider("openai")
                .setModel("gpt-4o")
                .setReservation(reservation)
                .setLines(List.of())
                .setTokens(Decimals.toAvro(Decimal.ZERO))
                .build();
    }
}
