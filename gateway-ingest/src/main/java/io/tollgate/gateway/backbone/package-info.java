/**
 * Kafka as the gateway uses it: the log that events go to, the tables that configuration is read from, the one writer
 * that changes it, and the connection to all of them, which may come late and go away.
 */
@NullMarked
package io.tollgate.gateway.backbone;

import org.jspecify.annotations.NullMarked;
