package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Alert;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.Granularity;
import io.tollgate.avro.Outcome;
import io.tollgate.avro.OutcomeKind;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.UsageStats;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.topic.Topics;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A task of this build goes on with the stores that any release has left: keys and what is no Avro record, too, which no
 * registry looks after. Another layout forgets ids, sums or alerts without a word; it needs a store of another name.
 */
class ReleasedStoresTest {
    /** Hold what is sent on before each commit: nothing is in them when a task starts. */
    private static final Set<String> BETWEEN_COMMITS = Set.of("combine-before-commit", "totals-before-commit");

    /** The frozen stores of all releases, as paths such as {@code 1.stores}. */
    static Stream<Path> released() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("released")
    void thisBuildGoesOnWhereTheReleaseStopped(Path release, @TempDir Path stateDir) throws IOException {
        FrozenStores frozen = FrozenStores.parse(Files.readString(release));
        try (MeteringDriver driver =
                new MeteringDriver(stateDir, Given.NOW.plus(Duration.ofMinutes(1)), frozen.registry())) {
            frozen.putInto(driver.stores());
            driver.restart();

            driver.event(Given.usage(FreezeStores.COUNTED, 400_000, 50_000));
            driver.idle(Duration.ofSeconds(2));
            assertThat(driver.rated()).isEmpty();
            assertThat(driver.outcomes()).extracting(Outcome::getOutcome).containsExactly(OutcomeKind.DUPLICATE);
            assertThat(driver.alerts()).as("what was told is not told again").isEmpty();

            driver.event(Given.voiding(FreezeStores.TO_BE_VOIDED));
            driver.idle(Duration.ofSeconds(2));
            assertThat(driver.rated()).singleElement().satisfies(row -> assertCost(row, "-4.5"));
            assertThat(driver.alerts())
                    .hasSize(3)
                    .allMatch(Alert::getResolved)
                    .extracting(Alert::getRule)
                    .containsExactlyInAnyOrder("share", "day", "hour");

            driver.event(Given.usage(FreezeStores.TO_COME, 7, 7));
            driver.idle(Duration.ofSeconds(2));
            assertThat(driver.rated()).singleElement().satisfies(row -> assertCost(row, "1"));
            assertThat(driver.states().values()).singleElement().satisfies(ReleasedStoresTest::assertAllIsCounted);
            assertThat(daily(driver)).last().satisfies(ReleasedStoresTest::assertAllIsTotalled);
        }
    }

    @Test
    void everyStoreIsFrozen(@TempDir Path stateDir) throws IOException {
        try (MeteringDriver driver = new MeteringDriver(stateDir)) {
            assertThat(driver.stores().keySet())
                    .allSatisfy(store -> assertThat(BETWEEN_COMMITS.contains(store) || isFrozen(store))
                            .as("%s is in a frozen release, or is to be told of by FreezeStores", store)
                            .isTrue());
        }
    }

    /** So that a change of a layout can't hide behind frozen stores that nobody writes like that any more. */
    @Test
    void theStoryStillFillsEveryStore(@TempDir Path stateDir) {
        try (MeteringDriver driver = new MeteringDriver(stateDir, Given.NOW)) {
            FreezeStores.tell(driver);

            Set<String> filled = driver.frozen().names();
            assertThat(driver.stores().keySet())
                    .allMatch(store -> BETWEEN_COMMITS.contains(store) || filled.contains(store));
        }
    }

    private static boolean isFrozen(String store) throws IOException {
        for (Path release : released().toList()) {
            if (FrozenStores.parse(Files.readString(release)).names().contains(store)) {
                return true;
            }
        }
        return false;
    }

    private static void assertAllIsCounted(QuotaState state) {
        assertIs(state.getUsed(), "2.5");
        assertThat(state.getVersion()).isGreaterThan(1);
    }

    private static void assertAllIsTotalled(UsageStats day) {
        assertIs(day.getCost(), "2.5");
        assertThat(day.getRequests()).isEqualTo(2);
    }

    private static List<UsageStats> daily(MeteringDriver driver) {
        return driver.records(Topics.USAGE_STATS).stream()
                .map(record -> driver.codecs.stats().decode(record.value()))
                .filter(row -> row.getGranularity() == Granularity.DAY)
                .toList();
    }

    private static void assertCost(RatedUsage row, String cost) {
        assertIs(row.getCost(), cost);
    }

    private static void assertIs(@Nullable ExactDecimal amount, String expected) {
        assertThat(amount).isNotNull();
        assertThat(Decimals.fromAvro(Objects.requireNonNull(amount))).isEqualTo(Decimal.parse(expected));
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(ReleasedStoresTest.class.getResource("/released"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
