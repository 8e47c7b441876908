package io.tollgate.streams.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What Streams does with a store that says that it is a cache. */
class BeforeCommitTest {
    private static final String BEFORE_COMMIT = "before-commit";
    private static final String CACHED = "cached";

    private final List<String> order = new ArrayList<>();

    @Test
    void theWorkIsDoneBeforeTheCommitAndMayForwardAndWrite() {
        Topology topology = new Topology()
                .addSource("source", new StringDeserializer(), new StringDeserializer(), "from")
                .addProcessor("lengths", Lengths::new, "source")
                .addStateStore(BeforeCommit.builder(BEFORE_COMMIT), "lengths")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.inMemoryKeyValueStore(CACHED), Serdes.String(), Serdes.Long())
                                .withCachingEnabled(),
                        "lengths")
                .addSink("sink", "to", new StringSerializer(), new LongSerializer(), "lengths");
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "before-commit-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties)) {
            TestInputTopic<String, String> from =
                    driver.createInputTopic("from", new StringSerializer(), new StringSerializer());

            from.pipeInput("a", "four");
            from.pipeInput("a", "seventh");

            assertThat(order).containsExactly("processed", "sent", "processed", "sent");
            assertThat(driver.createOutputTopic(
                                    "to",
                                    new StringDeserializer(),
                                    Serdes.Long().deserializer())
                            .readValuesToList())
                    .containsExactly(4L, 7L);
            // Commits have told the record cache to write out, after the work had written to it.
            assertThat(driver.producedTopicNames()).contains("before-commit-test-cached-changelog");
            assertThat(driver.<String, Long>getKeyValueStore(CACHED).get("a")).isEqualTo(7);
        }
    }

    @Test
    void itKeepsNothingAndHasNoChangelog() {
        BeforeCommit store = BeforeCommit.builder(BEFORE_COMMIT).build();

        assertThat(store.persistent()).isFalse();
        assertThat(BeforeCommit.builder(BEFORE_COMMIT)
                        .withLoggingEnabled(java.util.Map.of())
                        .loggingEnabled())
                .isFalse();
    }

    private final class Lengths extends ContextualProcessor<String, String, String, Long> {
        private long open;

        @Override
        public void init(ProcessorContext<String, Long> context) {
            super.init(context);
            BeforeCommit beforeCommit = context.getStateStore(BEFORE_COMMIT);
            beforeCommit.set(context, this::send);
        }

        @Override
        public void process(Record<String, String> record) {
            open += record.value().length();
            order.add("processed");
        }

        private void send() {
            if (open > 0) {
                KeyValueStore<String, Long> cached = context().getStateStore(CACHED);
                cached.put("a", open);
                context().forward(new Record<>("a", open, 0));
                order.add("sent");
                open = 0;
            }
        }
    }
}
