package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each start has an object of its own: nothing but the folder is there after a crash. */
class StateFolderTest {
    @Test
    void whatNobodyHasClosedIsOpen(@TempDir Path folder) throws IOException {
        assertThat(new StateFolder(folder).open()).isFalse();
        assertThat(new StateFolder(folder).open()).isFalse();
    }

    @Test
    void whatWasClosedIsClosedForTheNextStartAlone(@TempDir Path folder) throws IOException {
        StateFolder first = new StateFolder(folder.resolve("state"));
        assertThat(first.open()).isFalse();
        first.closed();
        assertThat(new StateFolder(folder.resolve("state")).open()).isTrue();
        // A crash: the mark was gone before the first store was opened.
        assertThat(new StateFolder(folder.resolve("state")).open()).isFalse();
    }
}
