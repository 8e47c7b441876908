@NullMarked
package io.tollgate.usageapi.balance;

import org.jspecify.annotations.NullMarked;
