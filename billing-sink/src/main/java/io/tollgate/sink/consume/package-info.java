/**
 * The consumers: each stands where the books stand, hands its batches on, and after a failure stands there again. Kafka's
 * own group offsets are written for lag metrics and read by nobody.
 */
@NullMarked
package io.tollgate.sink.consume;

import org.jspecify.annotations.NullMarked;
