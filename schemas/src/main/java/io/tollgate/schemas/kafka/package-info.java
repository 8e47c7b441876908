/** How Kafka is reached, as every service that holds a client of it is told. */
@NullMarked
package io.tollgate.schemas.kafka;

import org.jspecify.annotations.NullMarked;
