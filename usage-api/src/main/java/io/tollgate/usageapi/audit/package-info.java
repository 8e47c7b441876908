/** {@code GET /v1/audit}: who changed what. */
@NullMarked
package io.tollgate.usageapi.audit;

import org.jspecify.annotations.NullMarked;
