/**
 * Values on the wire: Avro behind the Confluent header (magic byte 0, four bytes of schema id). Ids are settled with the
 * registry at start; the hot path never asks it.
 */
@NullMarked
package io.tollgate.schemas.serde;

import org.jspecify.annotations.NullMarked;
