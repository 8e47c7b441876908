package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** After the tests of all modules: nothing that they logged or printed, nor what their servers did, holds a secret. */
class SecretsInLogsIT {
    @Test
    void noLogOfAnyTestHoldsASecret() throws IOException {
        List<String> found = new ArrayList<>();
        TreeSet<String> read = new TreeSet<>();
        int files = 0;
        for (String module : Build.modules()) {
            for (Path log : Build.logs(module)) {
                found.addAll(SecretSearch.in(log));
                read.add(module);
                files++;
            }
        }
        System.out.println("searched " + files + " files of " + read);
        assertThat(found).isEmpty();
        if (Build.isWhole()) {
            assertThat(read).containsExactlyInAnyOrderElementsOf(Build.modules());
        }
    }
}
