/**
 * The whole configuration as one document: written out, compared with what is configured, applied in one transaction; and
 * its numbered versions, which can be looked at and gone back to. {@link io.tollgate.gateway.config.Draft} decides, without
 * Kafka.
 */
@NullMarked
package io.tollgate.gateway.config;

import org.jspecify.annotations.NullMarked;
