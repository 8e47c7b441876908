/**
 * Who calls: a company by one of its keys, or an administrator; and whose rows they may see.
 */
@NullMarked
package io.tollgate.usageapi.access;

import org.jspecify.annotations.NullMarked;
