/** {@code tollgate send}: files of events on their way to the gateway. */
@NullMarked
package io.tollgate.standalone.send;

import org.jspecify.annotations.NullMarked;
