package io.tollgate.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final JournalEntry FIRST = new JournalEntry.Registered("s ü \n /", 1, 7, "\"long\"");
    private static final JournalEntry SECOND = new JournalEntry.Configured(null, Compatibility.NONE);
    private static final JournalEntry THIRD = new JournalEntry.Configured("s", Compatibility.FULL);

    private final Path folder;

    JournalTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whatWasAppendedIsThereAgainInOrder() throws IOException {
        append(FIRST, SECOND);
        append(THIRD);

        assertThat(read()).containsExactly(FIRST, SECOND, THIRD);
    }

    @Test
    void aLineCutAnywhereIsDroppedAndTheNextOneIsWhole() throws IOException {
        append(FIRST, SECOND);
        byte[] whole = Files.readAllBytes(file());
        int endOfFirst = FIRST.toLine().getBytes(StandardCharsets.UTF_8).length + 1;
        for (int length = endOfFirst; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));

            append(THIRD);

            assertThat(read()).as("cut to %s bytes", length).containsExactly(FIRST, THIRD);
        }
    }

    @Test
    void aDamagedLineIsNamedInsteadOfForgotten() throws IOException {
        append(FIRST);
        Files.writeString(file(), "{\"type\":\"registered\"\n", StandardOpenOption.APPEND);

        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("line 2");
    }

    private void append(JournalEntry... entries) throws IOException {
        try (Journal journal = Journal.open(folder)) {
            for (JournalEntry entry : entries) {
                journal.append(entry);
            }
        }
    }

    private List<JournalEntry> read() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            return journal.kept();
        }
    }

    private Path file() {
        return folder.resolve("schemas.jsonl");
    }
}
