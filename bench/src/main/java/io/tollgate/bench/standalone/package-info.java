/** A whole Tollgate as anybody starts it: how soon it is ready, how much it takes and how late its rows are. */
@NullMarked
package io.tollgate.bench.standalone;

import org.jspecify.annotations.NullMarked;
