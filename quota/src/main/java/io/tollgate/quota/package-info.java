/**
 * Quotas and alerts without anything around them: whose usage counts where, in which window, what that comes to, what
 * still fits. Pure: no Kafka, no Spring, no JDBC, no clock. The topology counts with these classes and the gateway
 * admits with them.
 */
@NullMarked
package io.tollgate.quota;

import org.jspecify.annotations.NullMarked;
