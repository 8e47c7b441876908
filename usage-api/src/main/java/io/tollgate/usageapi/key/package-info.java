/** {@code GET /v1/keys}: keys, and when each was last used. */
@NullMarked
package io.tollgate.usageapi.key;

import org.jspecify.annotations.NullMarked;
