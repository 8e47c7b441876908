/** Sends hostile input to every route and topic of a running system, beside an ordinary load, and judges what comes of it. */
@NullMarked
package io.tollgate.chaos.fuzz;

import org.jspecify.annotations.NullMarked;
