package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.standalone.ShutdownSequence.Rank;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ShutdownSequenceTest {
    private final List<String> closed = new CopyOnWriteArrayList<>();
    private final ShutdownSequence sequence = new ShutdownSequence();

    @Test
    void writersCloseBeforeWhatTheyWriteToWhateverStartedFirst() {
        for (Rank rank : List.of(Rank.LOCK, Rank.POSTGRES, Rank.KAFKA, Rank.SINK, Rank.STREAMS, Rank.GATEWAY)) {
            sequence.add(rank, () -> closed.add(rank.name()));
        }
        assertThat(sequence.close()).isTrue();
        assertThat(closed).containsExactly("GATEWAY", "STREAMS", "SINK", "KAFKA", "POSTGRES", "LOCK");
    }

    @Test
    void oneThatFailsKeepsNobodyFromClosing() {
        sequence.add(Rank.GATEWAY, () -> {
            throw new IllegalStateException("stuck");
        });
        sequence.add(Rank.KAFKA, () -> closed.add("KAFKA"));

        assertThat(sequence.close()).isFalse();
        assertThat(closed).containsExactly("KAFKA");
    }

    @Test
    void nothingIsClosedTwice() {
        sequence.add(Rank.KAFKA, () -> closed.add("KAFKA"));
        sequence.close();

        assertThat(sequence.close()).isTrue();
        assertThat(closed).containsExactly("KAFKA");
    }
}
