/**
 * OpenTelemetry traces in: of an export's spans those of single model calls become usage events, whichever instrumentation
 * and encoding they come by. Begin with {@link io.tollgate.gateway.otlp.TracesIntake}.
 */
@NullMarked
package io.tollgate.gateway.otlp;

import org.jspecify.annotations.NullMarked;
