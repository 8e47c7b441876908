/** Clients of what is measured: one as anybody has it, and one that takes next to nothing of the machine that they share. */
@NullMarked
package io.tollgate.bench.http;

import org.jspecify.annotations.NullMarked;
