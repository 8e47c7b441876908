/**
 * Runs Tollgate as processes of its own, disturbs them while a load goes on, and has the oracle judge what is in the
 * books afterwards.
 */
@NullMarked
package io.tollgate.chaos;

import org.jspecify.annotations.NullMarked;
