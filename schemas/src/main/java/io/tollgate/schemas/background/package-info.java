/** Work that goes on beside requests. */
@NullMarked
package io.tollgate.schemas.background;

import org.jspecify.annotations.NullMarked;
