package io.tollgate.gateway.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.admin.PriceItemJson.TimelineKey;
import io.tollgate.gateway.admin.Section;
import io.tollgate.gateway.admin.Sections;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.pricing.PriceTimelines;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import tools.jackson.databind.JsonNode;

/** Whatever was configured in whatever order: it can be written out, applied again and gone back to. */
class RandomChangesTest {
    private static final long START = Timestamps.parse("2026-11-21T10:00:00Z");
    private static final int STEPS = 80;

    static {
        AvroGuards.set();
    }

    private final World world = new World(START);
    private int restored;
    private int applied;

    @RepeatedTest(8)
    void versionsAreGoneBackToAndWhatIsExportedChangesNothing(RepetitionInfo repetition) {
        long seed = 20_261_121L + repetition.getCurrentRepetition();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(5) == 0 && world.newest().version() > 0) {
                goBack(1 + random.nextInt((int) world.newest().version()));
            } else {
                apply(new RandomDocument(random, world.now()).next(), random.nextInt(3) == 0);
            }
            Draft again = world.tried(world.export(), true);
            assertThat(again.errors()).as("seed %d step %d", seed, step).isEmpty();
            assertThat(again.changes()).as("seed %d step %d", seed, step).isEmpty();
        }
        assertThat(restored).as("seed %d", seed).isGreaterThan(3);
        assertThat(applied).as("seed %d", seed).isGreaterThan(10);
    }

    private void apply(JsonNode document, boolean prune) {
        Draft draft = world.tried(document, prune);
        if (draft.errors().isEmpty()) {
            world.written(draft);
            applied++;
            Draft again = world.tried(document, prune);
            assertThat(again.errors()).as("the second time").isEmpty();
            assertThat(again.changes()).as("the second time").isEmpty();
        }
    }

    private void goBack(long version) {
        Configured wanted = world.at(version);
        Configured before = world.newest();
        Outcome outcome = world.written(world.triedBack(version));
        for (Section<?> section : Sections.all()) {
            // Administrators stay as they are.
            Configured then = section.member().equals("admins") ? before : wanted;
            assertThat(views(section, world.newest(), before))
                    .as("%s of version %d", section.member(), version)
                    .isEqualTo(views(section, then, before));
        }
        wanted.prices().values().forEach(then -> assertPrices(then, outcome));
        assertThat(world.triedBack(version).changes()).as("the second time").isEmpty();
        restored++;
    }

    /** By name; but for keys that have been revoked, which stay so. */
    private static <V extends SpecificRecord> Map<String, JsonNode> views(
            Section<V> section, Configured configured, Configured before) {
        Map<String, JsonNode> views = new TreeMap<>();
        requireNonNull(configured.records().get(section)).forEach((name, record) -> {
            V known = requireNonNull(section.cast(record));
            SpecificRecord now = requireNonNull(before.records().get(section)).get(name);
            boolean wasRevoked = now instanceof ApiKey key && key.getRevokedAt() != null;
            if (section.isThere(known) && !wasRevoked) {
                views.put(name, section.view(known));
            }
        });
        return views;
    }

    /** What was in force is in force again, but for what is said to stay. */
    private void assertPrices(PriceTimeline then, Outcome outcome) {
        PriceTimeline now = requireNonNull(world.newest().prices().get(TimelineKey.of(then)));
        long at = world.now();
        Set<List<Object>> inForce = said(PriceTimelines.inForce(now, at));
        List<List<Object>> missing = new ArrayList<>(said(PriceTimelines.inForce(then, at)));
        missing.removeAll(inForce);
        boolean isSaid = requireNonNull(outcome.leftAlone()).stream()
                .anyMatch(left -> left.kind().equals("prices"));
        assertThat(missing.isEmpty() || isSaid).as("%s %s", missing, inForce).isTrue();
    }

    private static Set<List<Object>> said(List<PriceItem> items) {
        Set<List<Object>> said = new HashSet<>();
        items.forEach(item -> said.add(List.of(item.getDimension(), item.getUnitPrice())));
        return said;
    }
}
