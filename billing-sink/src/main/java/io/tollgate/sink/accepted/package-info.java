/** Counts what {@code usage.events} holds, apart from the topology, so that the balance of the books can fail. */
@NullMarked
package io.tollgate.sink.accepted;

import org.jspecify.annotations.NullMarked;
