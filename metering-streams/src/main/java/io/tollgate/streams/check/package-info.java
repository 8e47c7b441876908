/** What a submission must be before it is metered. Pure: no Kafka, no clock. */
@NullMarked
package io.tollgate.streams.check;

import org.jspecify.annotations.NullMarked;
