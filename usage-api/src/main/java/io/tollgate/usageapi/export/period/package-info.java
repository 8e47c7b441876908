/**
 * Which month a row of the ledger is billed in: each in exactly one, and in a closed one for good.
 */
@NullMarked
package io.tollgate.usageapi.export.period;

import org.jspecify.annotations.NullMarked;
