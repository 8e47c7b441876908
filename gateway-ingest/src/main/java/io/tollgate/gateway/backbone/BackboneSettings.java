package io.tollgate.gateway.backbone;

import io.tollgate.schemas.kafka.KafkaCluster;
import java.time.Duration;

/**
 * What the backbone is made with.
 *
 * @param kafka where it is, and how to be let in
 * @param registry base of the schema registry's Confluent API
 * @param partitions of the topics that are spread by event, where they are made here
 * @param replication copies of every partition
 * @param linger how long an event waits for others to share a request with
 * @param inFlightBytes bytes of bodies that are let in before they are acknowledged
 */
public record BackboneSettings(
        KafkaCluster kafka, String registry, int partitions, short replication, Duration linger, long inFlightBytes) {}
