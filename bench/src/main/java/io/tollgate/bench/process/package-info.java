/** The processes of a run: servers, and the one whose time is taken. */
@NullMarked
package io.tollgate.bench.process;

import org.jspecify.annotations.NullMarked;
