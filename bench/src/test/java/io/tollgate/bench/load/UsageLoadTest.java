package io.tollgate.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.Submission;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UsageLoadTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void isTheSameFromTheSameSeed() {
        assertThat(events(7, 500)).isEqualTo(events(7, 500)).isNotEqualTo(events(8, 500));
    }

    @Test
    void noEventIsTwiceWithinASeedOrBetweenSeeds() {
        Set<ByteBuffer> hashes = new HashSet<>();
        for (int seed = 0; seed < 4; seed++) {
            events(seed, 5_000).forEach(event -> hashes.add(ByteBuffer.wrap(event.hash())));
        }
        assertThat(hashes).hasSize(20_000);
    }

    @Test
    void theJsonSaysWhatTheSubmissionSays() {
        for (UsageEvent event : events(3, 200)) {
            StringBuilder text = new StringBuilder();
            event.appendJson(text);
            JsonNode json = JsonMapper.shared().readTree(text.toString());
            Submission submission = event.submission();
            assertThat(json.path("id").asString()).isEqualTo(submission.getId());
            assertThat(json.path("source").asString()).isEqualTo(submission.getSource());
            assertThat(Instant.parse(json.path("time").asString()).toEpochMilli() * 1_000)
                    .isEqualTo(submission.getUsage().getEventTime());
            JsonNode dimensions = json.at("/data/dimensions");
            assertThat(dimensions.size())
                    .isEqualTo(submission.getUsage().getDimensions().size());
            for (DimensionQuantity counted : submission.getUsage().getDimensions()) {
                assertThat(Decimals.fromAvro(counted.getQuantity()))
                        .isEqualTo(Decimal.parse(
                                dimensions.path(counted.getDimension()).asString()));
            }
        }
    }

    @Test
    void itsRowsArePricedAndAFewAreFailedCallsWithoutUsage() {
        RatedLoad load = new RatedLoad(5, NOW);
        int failed = 0;
        for (int i = 0; i < 2_000; i++) {
            RatedUsage row = load.next().value();
            assertThat(row.getState()).isEqualTo(RatingState.RATED);
            failed += row.getLines().isEmpty() ? 1 : 0;
        }
        assertThat(failed).isBetween(1, 100);
    }

    private static List<UsageEvent> events(int seed, int count) {
        UsageLoad load = new UsageLoad(seed, NOW);
        List<UsageEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(load.next());
        }
        return events;
    }
}
