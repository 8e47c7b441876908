package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.schemas.serde.FixedSchemaIds;
import io.tollgate.streams.meter.OutcomeMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

/**
 * The topology's shape is part of what is stored, so it changes on purpose only. A store's name is its changelog's: another
 * name begins empty, and every id, total and deadline is forgotten. The number of a sub-topology is in the changelogs'
 * task ids: a stage put in between moves the later ones' state folders, which are then restored from Kafka. A source or
 * sink under another topic leaves records unread.
 */
class TopologyShapeTest {
    @Test
    void theShapeIsTheOneThatIsDeployed() throws IOException {
        String deployed = deployed();
        String shape = MeteringTopology.of(new FixedSchemaIds(), new OutcomeMetrics(new SimpleMeterRegistry()))
                .describe()
                .toString()
                .strip();

        assertThat(shape)
                .withFailMessage(() -> ShapeChange.explain(deployed, shape) + "\n\n" + shape)
                .isEqualTo(deployed);
    }

    @Test
    void whatItReadsIsWhoseLagIsTold() {
        Set<String> sources = new TreeSet<>();
        MeteringTopology.of(new FixedSchemaIds(), new OutcomeMetrics(new SimpleMeterRegistry()))
                .describe()
                .subtopologies()
                .forEach(part -> part.nodes().forEach(node -> {
                    if (node instanceof TopologyDescription.Source source) {
                        sources.addAll(source.topicSet());
                    }
                }));

        assertThat(MeteringTopology.topics()).isEqualTo(sources);
    }

    private static String deployed() throws IOException {
        try (InputStream in = TopologyShapeTest.class.getResourceAsStream("/topology.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
