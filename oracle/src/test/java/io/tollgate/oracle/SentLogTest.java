package io.tollgate.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentLogTest {
    @Test
    void triesAreCountedByWhatWasSaidOfWhichEvent(@TempDir Path folder) throws IOException {
        SentLog log = read(
                folder,
                line("usage", "\"acknowledged\":false"),
                line("usage", "\"acknowledged\":true"),
                line("amend", "\"revision\":3,\"acknowledged\":true"));

        assertThat(log.of(0, 1))
                .isEqualTo(Map.of(
                        EventId.of("acme", "s", "1"),
                        Map.of(
                                new SentLog.Word("usage", 1), new SentLog.Tries(2, 1),
                                new SentLog.Word("amend", 3), new SentLog.Tries(1, 1))));
    }

    @Test
    void whatWasRejectedAllowsNothingToBeThere(@TempDir Path folder) throws IOException {
        assertThat(read(folder, line("usage", "\"rejected\":true")).size()).isZero();
    }

    @Test
    void moreThanFitsAtFirstIsKeptAndDealtToThePasses(@TempDir Path folder) throws IOException {
        SentLog log = read(
                folder,
                IntStream.range(0, 3_000)
                        .mapToObj(i -> "{\"company\":\"acme\",\"source\":\"s\",\"id\":\"" + i
                                + "\",\"kind\":\"usage\",\"acknowledged\":true}")
                        .toArray(String[]::new));

        assertThat(log.of(0, 3).size() + log.of(1, 3).size() + log.of(2, 3).size())
                .isEqualTo(3_000);
        assertThat(log.of(1, 3).keySet()).allMatch(event -> event.pass(3) == 1);
    }

    @Test
    void anUnknownKindIsRefused(@TempDir Path folder) {
        assertThatThrownBy(() -> read(folder, line("wish", "\"acknowledged\":true")))
                .isInstanceOf(IOException.class);
    }

    private static String line(String kind, String verdict) {
        return "{\"company\":\"acme\",\"source\":\"s\",\"id\":\"1\",\"kind\":\"" + kind + "\"," + verdict + "}";
    }

    private static SentLog read(Path folder, String... lines) throws IOException {
        return SentLog.read(Files.write(folder.resolve("sent"), List.of(lines)));
    }
}
