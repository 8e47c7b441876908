/** Dead letters: into {@code usage.dead} where the sink can't write a record, and from there into {@code dead_letters}. */
@NullMarked
package io.tollgate.sink.dead;

import org.jspecify.annotations.NullMarked;
