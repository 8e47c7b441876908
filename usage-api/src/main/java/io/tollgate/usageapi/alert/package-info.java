/** {@code GET /v1/alerts}: which thresholds were crossed, read from PostgreSQL. */
@NullMarked
package io.tollgate.usageapi.alert;

import org.jspecify.annotations.NullMarked;
