/**
 * Everything that leaves Kafka: each topic is written into PostgreSQL in transactions that move the progress with the
 * rows. {@link io.tollgate.sink.Sink} says what is started and in which order.
 */
@NullMarked
package io.tollgate.sink;

import org.jspecify.annotations.NullMarked;
