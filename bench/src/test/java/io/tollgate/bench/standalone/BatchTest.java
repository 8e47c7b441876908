package io.tollgate.bench.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.bench.load.UsageLoad;
import io.tollgate.schemas.EventHash;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BatchTest {
    private static final Instant TIME = Instant.parse("2026-11-22T10:00:00Z");

    private final Batch batch = Batch.of(new UsageLoad(1, TIME), 3, "tg_secret");

    @Test
    void isARequestOfAHundredEventsAtItsTime() {
        String request = new String(batch.request(5, TIME), US_ASCII);
        int end = request.indexOf("\r\n\r\n");
        String body = request.substring(end + 4);
        assertThat(request.substring(0, end))
                .contains("Authorization: Bearer tg_secret")
                .endsWith("Content-Length: " + body.length());
        JsonNode events = JsonMapper.shared().readTree(body);
        assertThat(events).hasSize(Batch.EVENTS);
        for (JsonNode event : events) {
            assertThat(event.path("time").asString()).isEqualTo("2026-11-22T10:00:00.000Z");
        }
    }

    @Test
    void idsAreDistinctWithinANumberAndBetweenNumbers() {
        Set<String> ids = new HashSet<>();
        for (int number = 0; number < 200; number++) {
            for (JsonNode event : events(number)) {
                assertThat(ids.add(event.path("id").asString())).isTrue();
            }
        }
    }

    @Test
    void theSameNumberIsTheSameRequest() {
        assertThat(batch.request(9, TIME)).isEqualTo(batch.request(9, TIME));
    }

    @Test
    void knowsTheHashOfAnEventByItsPlace() {
        JsonNode event = events(42).get(17);
        ByteBuffer hash = ByteBuffer.wrap(EventHash.of(
                UsageLoad.company(3),
                event.path("source").asString(),
                event.path("id").asString()));
        assertThat(batch.hash(42, 17)).isEqualTo(new UUID(hash.getLong(), hash.getLong()));
    }

    private JsonNode events(long number) {
        String request = new String(batch.request(number, TIME), US_ASCII);
        return JsonMapper.shared().readTree(request.substring(request.indexOf("\r\n\r\n")));
    }
}
