package io.tollgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleInstanceLockTest {
    private final Path folder;

    SingleInstanceLockTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aSecondLockIsRefusedAndNamesTheHolder() {
        try (SingleInstanceLock first = SingleInstanceLock.acquire(folder)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> SingleInstanceLock.acquire(folder))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("pid " + ProcessHandle.current().pid())
                    .hasMessageContaining(folder.toString());
        }
    }

    @Test
    void aReleasedLockMayBeTakenAgain() {
        SingleInstanceLock.acquire(folder).close();
        SingleInstanceLock.acquire(folder).close();
    }

    @Test
    void aFileLeftByADeadProcessLocksNothing() throws IOException {
        Files.writeString(folder.resolve("tollgate.lock"), "1\n");

        SingleInstanceLock.acquire(folder).close();
    }
}
