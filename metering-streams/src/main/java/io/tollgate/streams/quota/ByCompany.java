package io.tollgate.streams.quota;

import io.tollgate.schemas.CompositeKey;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Puts a record whose key begins with the company where Kafka puts one whose key is the company: beside its partials and
 * settlements.
 */
final class ByCompany implements StreamPartitioner<byte[], byte[]> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int partitions) {
        String company = Objects.requireNonNull(CompositeKey.parts(key).get(0));
        byte[] bytes = company.getBytes(StandardCharsets.UTF_8);
        return Optional.of(Set.of(Utils.toPositive(Utils.murmur2(bytes)) % partitions));
    }
}
