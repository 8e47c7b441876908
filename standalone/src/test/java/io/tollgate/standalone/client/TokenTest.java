package io.tollgate.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.standalone.client.Token.Flags;
import io.tollgate.standalone.client.Token.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {
    private static final URI HERE = URI.create("http://127.0.0.1:8080");
    private static final Flags NONE = new Flags(null, null);
    private static final Map<String, String> BOTH =
            Map.of("TOLLGATE_TOKEN", "mine", "TOLLGATE_ADMIN_TOKEN", "everybodys", "TOLLGATE_KEY", "tg_1");

    private Path kept;
    private Path file;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        kept = Files.writeString(folder.resolve("admin-token"), "kept\n");
        file = Files.writeString(folder.resolve("file"), " filed \n");
    }

    @Test
    void aFlagWinsOverTheEnvironmentAndThatOverTheFolder() throws IOException {
        assertThat(Token.find(Kind.ADMIN, new Flags("given", file), BOTH, kept, HERE))
                .isEqualTo(new Token("given", "--token"));
        assertThat(Token.find(Kind.ADMIN, new Flags(null, file), BOTH, kept, HERE))
                .isEqualTo(new Token("filed", file.toString()));
        assertThat(Token.find(Kind.ADMIN, NONE, BOTH, kept, HERE)).isEqualTo(new Token("mine", "$TOLLGATE_TOKEN"));
        assertThat(Token.find(Kind.ADMIN, NONE, Map.of("TOLLGATE_ADMIN_TOKEN", "a"), kept, HERE))
                .isEqualTo(new Token("a", "$TOLLGATE_ADMIN_TOKEN"));
        assertThat(Token.find(Kind.ADMIN, NONE, Map.of("TOLLGATE_TOKEN", " "), kept, HERE))
                .isEqualTo(new Token("kept", kept.toString()));
    }

    @Test
    void aKeyIsNoAdministrators() throws IOException {
        assertThat(Token.find(Kind.KEY, NONE, BOTH, kept, HERE)).isEqualTo(new Token("tg_1", "$TOLLGATE_KEY"));
        assertThatThrownBy(() -> Token.find(Kind.KEY, NONE, Map.of("TOLLGATE_TOKEN", "mine"), kept, HERE))
                .hasMessageContainingAll("TOLLGATE_KEY", "--token-file", "keys create");
    }

    @Test
    void theFoldersTokenStaysOnThisMachine() {
        assertThatThrownBy(() -> Token.find(Kind.ADMIN, NONE, Map.of(), kept, URI.create("https://there")))
                .hasMessageContainingAll("https://there", "TOLLGATE_TOKEN");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> Token.find(Kind.ADMIN, NONE, Map.of(), kept.resolveSibling("no"), HERE))
                .hasMessageContainingAll("TOLLGATE_ADMIN_TOKEN", "--data");
        assertThatThrownBy(() -> Token.find(Kind.ADMIN, new Flags(null, kept.resolveSibling("no")), BOTH, kept, HERE))
                .hasMessageContaining("there is no file");
    }

    @Test
    void aPrintedOneIsNotGivenAway() throws IOException {
        assertThat(Token.find(Kind.ADMIN, NONE, BOTH, kept, HERE).toString()).doesNotContain("mine");
    }
}
