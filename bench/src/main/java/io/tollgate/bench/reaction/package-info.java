/** How soon a whole running system knows what happened. */
@NullMarked
package io.tollgate.bench.reaction;

import org.jspecify.annotations.NullMarked;
