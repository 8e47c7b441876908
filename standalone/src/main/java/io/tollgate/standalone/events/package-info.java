/** {@code tollgate events}: what the books hold of one. */
@NullMarked
package io.tollgate.standalone.events;

import org.jspecify.annotations.NullMarked;
