/** The gateway under one event a request, and the least server that does the same work beside it. */
@NullMarked
package io.tollgate.bench.single;

import org.jspecify.annotations.NullMarked;
