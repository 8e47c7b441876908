package io.tollgate.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.avro.RatedUsage;
import io.tollgate.embedded.EmbeddedRegistry;
import io.tollgate.schemas.release.Samples;
import io.tollgate.schemas.topic.Topics;
import java.net.URI;
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
    void whoOnlyReadsStartsWithoutTheRegistryAndReadsOnceItIsThere(@TempDir Path folder) {
        byte[] bytes;
        int port;
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder)) {
            bytes = Codecs.settle(new SchemaRegistry(registry.url())).rated().encode(Samples.rated());
            port = URI.create(registry.url()).getPort();
        }
        AvroCodec<RatedUsage> reading = AvroCodec.reading(
                Topics.USAGE_RATED, new SchemaRegistry("http://127.0.0.1:" + port + "/apis/ccompat/v7"));

        assertThatThrownBy(() -> reading.decode(bytes)).isInstanceOf(RegistryException.class);
        try (EmbeddedRegistry again = EmbeddedRegistry.start(folder, port)) {
            assertThat(again.url()).isNotEmpty();
            assertThat(reading.decode(bytes)).isEqualTo(Samples.rated());
        }
        assertThatThrownBy(() -> reading.encode(Samples.rated())).isInstanceOf(IllegalStateException.class);
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
