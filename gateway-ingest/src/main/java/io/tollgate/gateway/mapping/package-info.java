/**
 * Where events of other meters' types have what a usage needs, as the operator says it in {@code tollgate.mappings}. Pure:
 * settings and the questions that an event's reader asks of them.
 */
@NullMarked
package io.tollgate.gateway.mapping;

import org.jspecify.annotations.NullMarked;
