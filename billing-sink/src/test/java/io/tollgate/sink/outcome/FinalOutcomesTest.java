package io.tollgate.sink.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Outcome;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.sink.Records;
import io.tollgate.sink.batch.Received;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class FinalOutcomesTest {
    private final FinalOutcomes outcomes = new FinalOutcomes();

    private void add(long submission, OutcomeKind kind) {
        Outcome outcome = Records.outcome("acme", "req-1", submission, kind);
        outcomes.add(new Received<>(new ConsumerRecord<>("usage.outcomes", 0, 0, new byte[16], new byte[0]), outcome));
    }

    @Test
    void aFinalOutcomeTakesThePlaceOfPendingAndNothingTakesItsPlace() {
        add(7, OutcomeKind.PENDING);
        add(7, OutcomeKind.APPLIED);
        add(7, OutcomeKind.PENDING);

        assertThat(outcomes.rows()).extracting(row -> row.value().getOutcome()).containsExactly(OutcomeKind.APPLIED);
    }

    @Test
    void submissionsAreKeptApartAndInOrder() {
        add(9, OutcomeKind.DUPLICATE);
        add(8, OutcomeKind.CONFLICT);

        assertThat(outcomes.rows())
                .extracting(row -> row.value().getEventsOffset())
                .containsExactly(8L, 9L);
    }
}
