/**
 * Events in: bytes to verdicts ({@link io.tollgate.gateway.ingest.EventParser}, pure), accepted ones to the brokers, and
 * the answer after their ack ({@link io.tollgate.gateway.ingest.EventsEndpoint}).
 */
@NullMarked
package io.tollgate.gateway.ingest;

import org.jspecify.annotations.NullMarked;
