package io.tollgate.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads {@code config.*}: each partition holds every change, and what can't be read changes nothing and is a dead letter. */
final class Configuration {
    private final KafkaLog log;
    private final Registry registry;
    private final DeadLetters deadLetters;
    private final Tally topics;

    Configuration(KafkaLog log, Registry registry, DeadLetters deadLetters, Tally topics) {
        this.log = log;
        this.registry = registry;
        this.deadLetters = deadLetters;
        this.topics = topics;
    }

    /** By partition: that is what the events of the same partition of {@code usage.events} are priced by. */
    Map<Integer, PriceHistory> prices(int partitions) {
        Map<Integer, PriceHistory> prices = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            prices.put(partition, new PriceHistory());
        }
        Map<ByteBuffer, Timeline> timelines = new HashMap<>();
        read(Topics.PRICES, record -> {
            byte[] value = record.value();
            PriceHistory.Name name = PriceHistory.nameOf(record.key());
            Timeline timeline = value == null
                    ? null
                    : timelines.computeIfAbsent(
                            ByteBuffer.wrap(value), bytes -> Timeline.of(registry.readOwn(Topics.PRICES, value)));
            PriceHistory history = prices.get(record.partition());
            topics.demand(history != null, Topics.PRICES + " has a partition that usage.events does not have");
            if (history != null) {
                history.add(name, timeline, record.timestamp() * 1_000);
            }
        });
        Map<PriceHistory.Name, String> first =
                Objects.requireNonNull(prices.get(0)).last();
        prices.forEach(
                (partition, history) -> topics.demand(history.last().equals(first), differs(Topics.PRICES, partition)));
        return prices;
    }

    /** @param reader takes each change, an id and what it is now: null where it is no more */
    void read(String topic, BiConsumer<String, @Nullable GenericRecord> reader) {
        Map<Integer, Map<String, ByteBuffer>> last = new TreeMap<>();
        log.partitions(topic).forEach(partition -> last.put(partition.partition(), new TreeMap<>()));
        read(topic, record -> {
            String id = new String(record.key(), StandardCharsets.UTF_8);
            byte[] value = record.value();
            GenericRecord now = value == null ? null : registry.readOwn(topic, value);
            if (record.partition() == 0) {
                reader.accept(id, now);
            }
            Map<String, ByteBuffer> ofPartition = Objects.requireNonNull(last.get(record.partition()));
            if (value == null) {
                ofPartition.remove(id);
            } else {
                ofPartition.put(id, ByteBuffer.wrap(value));
            }
        });
        last.forEach((partition, ids) -> topics.demand(ids.equals(last.get(0)), differs(topic, partition)));
    }

    private static String differs(String topic, int partition) {
        return topic + ": partition " + partition + " does not hold what partition 0 does";
    }

    private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        log.read(topic, record -> {
            try {
                reader.accept(record);
            } catch (RuntimeException e) {
                deadLetters.expect(topic, new Position(record.partition(), record.offset()), e);
            }
        });
    }
}
