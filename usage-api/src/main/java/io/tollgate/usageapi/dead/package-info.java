/** {@code GET /v1/dead-letters}: what could not be read or done. */
@NullMarked
package io.tollgate.usageapi.dead;

import org.jspecify.annotations.NullMarked;
