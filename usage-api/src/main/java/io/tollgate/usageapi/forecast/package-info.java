/** {@code GET /v1/forecast}: what the current period will have cost by its end, from what the last weeks did. */
@NullMarked
package io.tollgate.usageapi.forecast;

import org.jspecify.annotations.NullMarked;
