package io.tollgate.usageapi.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.usageapi.export.file.FileFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.scheduler.Schedulers;

class DeliveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Manifest MANIFEST = new Manifest(
            "1", "1", "native", "csv", false, "", "", null, null, false, 0, 0, 0, 0, 0, 0, List.of(), null, "", "", 6,
            "", 6, "", List.of());

    private final Export export;

    DeliveryTest(@TempDir Path folder) throws IOException {
        LocalDate day = LocalDate.parse("2026-10-01");
        export = new Export(
                "1",
                new ExportQuestion(day, day.plusDays(1), FileFormat.CSV, Profile.NATIVE, null, false),
                Files.createFile(folder.resolve("1")));
    }

    @Test
    void aReaderFollowsTheFileAndEndsWithIt() throws Exception {
        CompletableFuture<String> read = read(0, Long.MAX_VALUE);
        append("abc");
        append("def");
        assertThat(read).isNotDone();
        export.complete(MANIFEST);
        assertThat(read).succeedsWithin(PATIENCE).isEqualTo("abcdef");
        assertThat(read(2, 5)).succeedsWithin(PATIENCE).isEqualTo("cde");
        assertThat(read(6, Long.MAX_VALUE)).succeedsWithin(PATIENCE).isEqualTo("");
    }

    @Test
    void whoReadsAnExportThatBreaksOffIsBrokenOff() throws Exception {
        CompletableFuture<String> early = read(0, Long.MAX_VALUE);
        append("abc");
        CompletableFuture<String> late = read(0, Long.MAX_VALUE);
        export.fail(new IOException("no room"));
        for (CompletableFuture<String> reader : List.of(early, late)) {
            assertThatThrownBy(() -> reader.get(10, java.util.concurrent.TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void aReaderWhoLeavesDisturbsNobody() throws Exception {
        CompletableFuture<String> stays = read(0, Long.MAX_VALUE);
        var leaves = Delivery.of(export, 0, Long.MAX_VALUE, new DefaultDataBufferFactory(), Schedulers.immediate())
                .subscribe();
        append("abc");
        leaves.dispose();
        append("def");
        assertThat(export.isUnusedFor(0)).isFalse();
        export.complete(MANIFEST);
        assertThat(stays).succeedsWithin(PATIENCE).isEqualTo("abcdef");
        assertThat(export.isUnusedFor(0)).isTrue();
        assertThat(export.isUnusedFor(PATIENCE.toNanos())).isFalse();
    }

    private CompletableFuture<String> read(long from, long until) {
        return Delivery.of(export, from, until, new DefaultDataBufferFactory(), Schedulers.boundedElastic())
                .map(DeliveryTest::text)
                .reduce("", String::concat)
                .toFuture();
    }

    private static String text(DataBuffer buffer) {
        return buffer.toString(StandardCharsets.UTF_8);
    }

    private void append(String text) throws IOException {
        Files.writeString(export.file(), text, StandardOpenOption.APPEND);
        export.grew(text.length());
    }
}
