/**
 * {@code GET /v1/unpriced}, and the gauge of the same: which models were called and have no price, read from the ledger.
 */
@NullMarked
package io.tollgate.usageapi.unpriced;

import org.jspecify.annotations.NullMarked;
