/**
 * May this call go ahead? The HTTP side of admissions: who asks, what is asked for, how the answer reads. What fits is
 * decided in {@link io.tollgate.quota.Admissions}; what was granted is acknowledged by the brokers before it is answered.
 */
@NullMarked
package io.tollgate.gateway.admission;

import org.jspecify.annotations.NullMarked;
