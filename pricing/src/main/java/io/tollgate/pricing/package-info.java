/**
 * What a usage costs: an effective-dated price book and the arithmetic on it. Pure: no Kafka, no Spring, no JDBC, no
 * clock. The topology, the admin API and later admission and quotes all price with these classes.
 */
@NullMarked
package io.tollgate.pricing;

import org.jspecify.annotations.NullMarked;
