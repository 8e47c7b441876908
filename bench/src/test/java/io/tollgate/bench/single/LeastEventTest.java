package io.tollgate.bench.single;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Submission;
import io.tollgate.bench.load.UsageEvent;
import io.tollgate.bench.load.UsageLoad;
import io.tollgate.bench.single.LeastEvent.Caller;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeastEventTest {
    private static final long RECEIVED = 1_800_000_000_000_000L;

    @Test
    void makesOfEachEventWhatTheGatewayMakesOfIt() {
        UsageLoad load = new UsageLoad(7, Instant.parse("2026-11-22T10:00:00.123Z"));
        for (int i = 0; i < 2_000; i++) {
            UsageEvent event = load.next();
            StringBuilder json = new StringBuilder();
            event.appendJson(json);
            Submission expected = event.submission();
            expected.setReceivedAt(RECEIVED);

            Submission submission = LeastEvent.submission(
                    json.toString().getBytes(UTF_8), new Caller(event.company(), event.authId()), RECEIVED);

            assertThat(submission).isEqualTo(expected);
        }
    }
}
