/** W3C trace context: the two headers that go with an event from the request to its records. */
@NullMarked
package io.tollgate.schemas.trace;

import org.jspecify.annotations.NullMarked;
