package io.tollgate.chaos.fault;

import io.tollgate.chaos.part.Part;
import io.tollgate.chaos.part.PartKind;
import io.tollgate.chaos.part.TollgateSystem;
import io.tollgate.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Which broker leads. */
final class Leaders {
    private Leaders() {}

    /** The broker that leads the most partitions of {@code usage.events}. */
    static Part of(TollgateSystem system) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, system.kafka()))) {
            Map<Integer, Long> led =
                    admin.describeTopics(List.of(Topics.USAGE_EVENTS.name())).allTopicNames().get().values().stream()
                            .flatMap(topic -> topic.partitions().stream())
                            .collect(Collectors.groupingBy(
                                    partition -> partition.leader().id(), Collectors.counting()));
            int leader = led.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            return system.parts(PartKind.BROKER).get(leader - 1);
        }
    }
}
