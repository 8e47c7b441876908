/**
 * Plugins for Kafka Connect: a converter that reads Avro by any registry with Confluent's API, and a transform that makes of a
 * record of {@code usage.rated} or {@code usage.stats} a flat row, with columns as in Tollgate's own tables. What is here
 * runs in a worker that is not Tollgate's, beside other plugins.
 */
@NullMarked
package io.tollgate.connect;

import org.jspecify.annotations.NullMarked;
