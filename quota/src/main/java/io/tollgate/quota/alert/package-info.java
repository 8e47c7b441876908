/**
 * When somebody is told: what a rule looks at, what that comes to, and whether it has crossed a threshold. Pure: all
 * values and the time come from outside.
 */
@NullMarked
package io.tollgate.quota.alert;

import org.jspecify.annotations.NullMarked;
