/**
 * Rates past events again, as jobs: the ledger's rows are read, and for each event that costs something else by the
 * book of now a submission asks the topology to rate it again. Nothing here writes an amount.
 */
@NullMarked
package io.tollgate.gateway.rerating;

import org.jspecify.annotations.NullMarked;
