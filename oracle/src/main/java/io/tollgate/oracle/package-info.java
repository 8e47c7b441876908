/**
 * Says from Kafka's topics alone what the books must hold, and holds PostgreSQL against it. It shares no code with what
 * it judges: decimals, the wire format, deduplication, prices and totals are written a second time, from the docs.
 */
@NullMarked
package io.tollgate.oracle;

import org.jspecify.annotations.NullMarked;
