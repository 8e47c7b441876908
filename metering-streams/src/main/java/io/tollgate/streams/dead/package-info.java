/** Where a record came from, and the dead letter that is made of it when nothing better can be. Values only. */
@NullMarked
package io.tollgate.streams.dead;

import org.jspecify.annotations.NullMarked;
