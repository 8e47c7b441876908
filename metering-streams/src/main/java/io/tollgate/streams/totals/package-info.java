/** The stages that add ledger rows up: per partition first, then by company. */
@NullMarked
package io.tollgate.streams.totals;

import org.jspecify.annotations.NullMarked;
