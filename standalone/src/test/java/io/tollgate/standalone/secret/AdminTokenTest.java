package io.tollgate.standalone.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
    @Test
    void oneIsMadeOnceAndKeptForItsOwnerAlone(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("admin-token");
        AdminToken made = AdminToken.find(Map.of(), file);

        assertThat(made.value()).hasSizeGreaterThan(40);
        assertThat(AdminToken.find(Map.of(), file)).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theEnvironmentsTokenWinsAndIsNotKept(@TempDir Path folder) {
        Path file = folder.resolve("admin-token");
        AdminToken given = AdminToken.find(Map.of("TOLLGATE_ADMIN_TOKEN", " s3cret "), file);

        assertThat(given.value()).isEqualTo("s3cret");
        assertThat(given.origin()).isEqualTo("$TOLLGATE_ADMIN_TOKEN");
        assertThat(file).doesNotExist();
    }

    @Test
    void itsTextDoesNotGiveItAway() {
        assertThat(new AdminToken("s3cret", "a file").toString()).doesNotContain("s3cret");
    }
}
