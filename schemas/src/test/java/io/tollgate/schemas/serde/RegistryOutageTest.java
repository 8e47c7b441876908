package io.tollgate.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.embedded.EmbeddedRegistry;
import io.tollgate.schemas.release.Samples;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryOutageTest {
    @Test
    void whatHasStartedNeedsTheRegistryNoMore(@TempDir Path folder) {
        Codecs codecs;
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder)) {
            codecs = Codecs.settle(new SchemaRegistry(registry.url()));
        }

        byte[] bytes = codecs.rated().encode(Samples.rated());

        assertThat(codecs.rated().decode(bytes)).isEqualTo(Samples.rated());
    }

    @Test
    void whatStartsIsToldThatTheRegistryIsAwayAndNotThatASchemaIsUnknown(@TempDir Path folder) {
        String url;
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder)) {
            url = registry.url();
        }

        assertThatThrownBy(() -> Codecs.settle(new SchemaRegistry(url)))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.unknownSchema())
                        .isFalse());
    }
}
