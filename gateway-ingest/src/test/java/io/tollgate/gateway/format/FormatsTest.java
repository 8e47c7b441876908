package io.tollgate.gateway.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {
    private static final Pattern VALUE = Pattern.compile("(?<=:)(-?[0-9.]+|true|false|null|\"[^\"]*\")");
    private static final List<String> OTHERS = List.of(
            "0",
            "-1",
            "1e3",
            "1e-400",
            "1e99999999999",
            "0.5",
            "99999999999999999999",
            "\"7\"",
            "\"x\"",
            "null",
            "true",
            "[]",
            "{}",
            "[3]");

    static Stream<String> names() {
        return Formats.all().stream().map(UsageFormat::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aFormatsOwnSampleReadsComplete(String name) {
        UsageFormat format = Objects.requireNonNull(Formats.named(name));
        Reading reading = Bodies.read(name, format.sample());
        assertThat(reading.quality())
                .describedAs(String.valueOf(reading.remark()))
                .isEqualTo(Quality.COMPLETE);
        assertThat(reading.quantities()).isNotEmpty();
        assertThat(format.sample().startsWith("[")).isEqualTo(format.isStream());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "1",
                "\"\"",
                "[]",
                "{}",
                "[null]",
                "[[]]",
                "{\"usage\":null}",
                "{\"usage\":[]}",
                "{\"usage\":{}}",
                "{\"usage\":7,\"meta\":7,\"metadata\":7,\"delta\":7,\"response\":7,\"data\":7,\"pages\":7,\"output\":7}"
            })
    void whereThereIsNoUsageItIsMissingAndNotZero(String body) {
        for (UsageFormat format : Formats.all()) {
            assertThat(Bodies.read(format.name(), body).quality())
                    .describedAs(format.name())
                    .isEqualTo(Quality.MISSING);
        }
    }

    @RepeatedTest(20)
    void noMutationOfASampleThrowsOrGivesANegativeQuantity(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        for (UsageFormat format : Formats.all()) {
            for (int i = 0; i < 50; i++) {
                String body = mutated(format.sample(), random);
                Reading reading = Bodies.read(format.name(), body);
                assertThat(reading.quantities().values())
                        .describedAs("seed %d, %s", seed, body)
                        .allMatch(count -> count.signum() >= 0);
            }
        }
    }

    private static String mutated(String body, Random random) {
        return VALUE.matcher(body)
                .replaceAll(value -> Matcher.quoteReplacement(
                        random.nextInt(4) == 0 ? OTHERS.get(random.nextInt(OTHERS.size())) : value.group()));
    }
}
