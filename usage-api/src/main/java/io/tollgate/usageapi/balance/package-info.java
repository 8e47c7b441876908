/**
 * The books' balance: is every accepted submission accounted for, and do ledger and stats say the same?
 */
@NullMarked
package io.tollgate.usageapi.balance;

import org.jspecify.annotations.NullMarked;
