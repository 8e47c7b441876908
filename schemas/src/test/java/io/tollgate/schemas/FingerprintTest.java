package io.tollgate.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Submission;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.release.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTest {

    @Test
    void spellingAndOrderDoNotCount() {
        Submission turned = Samples.submission();
        List<io.tollgate.avro.DimensionQuantity> dimensions =
                new ArrayList<>(turned.getUsage().getDimensions());
        Collections.reverse(dimensions);
        turned.getUsage().setDimensions(dimensions);
        dimensions.forEach(counted -> {
            counted.getQuantity().setUnscaled(counted.getQuantity().getUnscaled() * 100);
            counted.getQuantity().setScale(counted.getQuantity().getScale() + 2);
        });

        assertThat(Fingerprint.of(turned)).isEqualTo(Fingerprint.of(Samples.submission()));
    }

    @Test
    void whatTheGatewayAddsDoesNotCount() {
        Submission later = Samples.submission();
        later.setReceivedAt(later.getReceivedAt() + 1);
        later.setAuthId("key_other");
        Submission timeless = Samples.submission();
        timeless.getUsage().setEventTimeGiven(false);
        Submission timelessRetry = Samples.submission();
        timelessRetry.getUsage().setEventTimeGiven(false);
        timelessRetry.getUsage().setEventTime(1);

        assertThat(Fingerprint.of(later)).isEqualTo(Fingerprint.of(Samples.submission()));
        assertThat(Fingerprint.of(timelessRetry)).isEqualTo(Fingerprint.of(timeless));
    }

    static Stream<Consumer<Usage>> changes() {
        return Stream.of(
                usage -> usage.setEventTime(usage.getEventTime() + 1),
                usage -> usage.setEventTimeGiven(false),
                usage -> usage.setProvider("other"),
                usage -> usage.setModel("other"),
                usage -> usage.setOperation(null),
                usage -> usage.setServiceTier("batch"),
                usage -> usage.setRegion("us"),
                usage -> usage.setUser(null),
                usage -> usage.setStatus(500),
                usage -> usage.setLatencyMs(null),
                usage -> usage.setBillable(false),
                usage -> usage.setLabels(Map.of()),
                usage -> usage.setDimensions(usage.getDimensions().subList(0, 1)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void anythingThatTheClientSaidCounts(Consumer<Usage> change) {
        Submission changed = Samples.submission();
        change.accept(changed.getUsage());

        assertThat(Fingerprint.of(changed)).isNotEqualTo(Fingerprint.of(Samples.submission()));
    }

    @Test
    void aVoidHasNone() {
        Submission submission = Samples.submission();
        submission.setUsage(null);

        assertThat(Fingerprint.of(submission)).isZero();
    }
}
