package io.tollgate.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsTest {
    private static final Endpoints AT = new Endpoints(
            URI.create("http://127.0.0.1:1"),
            URI.create("http://127.0.0.1:2"),
            URI.create("http://127.0.0.1:3"),
            URI.create("http://127.0.0.1:4"),
            "127.0.0.1:5",
            "jdbc:postgresql://127.0.0.1:6/tollgate",
            "tollgate",
            "a secret",
            URI.create("http://127.0.0.1:7/apis/ccompat/v7"));

    @Test
    void whatIsKeptIsFoundAgainByItsOwnerAlone(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("endpoints");
        assertThat(Endpoints.read(file)).isNull();
        AT.write(file);
        assertThat(Endpoints.read(file)).isEqualTo(AT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(AT.toString()).doesNotContain("secret");
    }
}
