/** {@code GET /v1/whoami}: whose rows a secret reads. */
@NullMarked
package io.tollgate.usageapi.whoami;

import org.jspecify.annotations.NullMarked;
