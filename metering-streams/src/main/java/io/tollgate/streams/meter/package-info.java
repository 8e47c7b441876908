/** The stage that counts each event once and prices it, with the stores that it keeps. */
@NullMarked
package io.tollgate.streams.meter;

import org.jspecify.annotations.NullMarked;
