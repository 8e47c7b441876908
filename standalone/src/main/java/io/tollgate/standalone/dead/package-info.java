/** {@code tollgate dead-letters}: what could not be read or done, and sending it in again. */
@NullMarked
package io.tollgate.standalone.dead;

import org.jspecify.annotations.NullMarked;
