/** {@code GET /v1/dead-letters}: what could not be read or done, and whether it went in again. */
@NullMarked
package io.tollgate.usageapi.dead;

import org.jspecify.annotations.NullMarked;
