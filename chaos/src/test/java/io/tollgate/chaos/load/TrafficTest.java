package io.tollgate.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.chaos.load.Submission.Kind;
import io.tollgate.chaos.load.Traffic.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrafficTest {
    private static final int BATCHES = 200;

    private final EventClock clock = new EventClock();
    private final Traffic traffic = new Traffic(1, clock, Duration.ofMinutes(3));

    @Test
    void aBatchIsOfOneCompanyAndIsJson() {
        for (Batch batch : batches()) {
            assertThat(batch.submissions()).isNotEmpty().hasSizeLessThanOrEqualTo(Traffic.BATCH);
            for (Submission submission : batch.submissions()) {
                JsonNode event = JsonMapper.shared().readTree(submission.json());
                assertThat(submission.company()).isEqualTo(batch.company());
                JsonNode about = submission.kind() == Kind.VOID ? event.get("data") : event;
                assertThat(about.get("id").asString()).isEqualTo(submission.id());
                assertThat(about.get("source").asString()).isEqualTo(submission.source());
            }
        }
    }

    @Test
    void itHasEverythingThatCanComeOfAnEvent() {
        List<Submission> all = batches().stream()
                .flatMap(batch -> batch.submissions().stream())
                .toList();
        Set<String> voidedFirst = new HashSet<>();
        Set<String> voidedLater = new HashSet<>();
        Set<String> seen = new HashSet<>();
        for (Submission each : all) {
            if (each.kind() == Kind.VOID) {
                boolean later = seen.contains(each.id()) ? voidedLater.add(each.id()) : voidedFirst.add(each.id());
                assertThat(later).isTrue();
            } else {
                seen.add(each.id());
            }
        }
        Set<String> neverSent = new HashSet<>(voidedFirst);
        neverSent.removeAll(seen);
        Map<String, Set<String>> contents = all.stream()
                .filter(each -> each.kind() == Kind.USAGE)
                .collect(Collectors.groupingBy(
                        Submission::id, Collectors.mapping(Submission::json, Collectors.toSet())));
        Map<String, Long> times = all.stream()
                .filter(each -> each.kind() == Kind.USAGE)
                .collect(Collectors.groupingBy(Submission::id, Collectors.counting()));

        assertThat(voidedFirst).isNotEmpty();
        assertThat(voidedLater).isNotEmpty();
        assertThat(neverSent).isNotEmpty().isNotEqualTo(voidedFirst);
        assertThat(times.values()).contains(1L, 2L);
        assertThat(contents.values()).anyMatch(of -> of.size() == 2);
        assertThat(all).anyMatch(each -> each.kind() == Kind.MALFORMED);
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        assertThat(all).filteredOn(each -> each.kind() == Kind.USAGE).anyMatch(each -> time(each)
                .isBefore(yesterday));
    }

    @Test
    void noEventReachesAPriceChangeThatMayNotBeInForce() {
        Instant change = Instant.now().minusSeconds(3_600);
        clock.holdBefore(change);
        assertThat(batches().stream().flatMap(batch -> batch.submissions().stream()))
                .filteredOn(each -> each.kind() == Kind.USAGE)
                .allMatch(each -> time(each).isBefore(change));
    }

    /** With all that was to come later. */
    private List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            batches.add(traffic.next());
        }
        batches.addAll(traffic.rest());
        return batches;
    }

    private static Instant time(Submission usage) {
        return Instant.parse(
                JsonMapper.shared().readTree(usage.json()).get("time").asString());
    }
}
