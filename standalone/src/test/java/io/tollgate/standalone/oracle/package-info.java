/**
 * An independent recomputation of what the books must say: plain Java, none of the production code's parsing, dedupe,
 * pricing or decimals.
 */
@NullMarked
package io.tollgate.standalone.oracle;

import org.jspecify.annotations.NullMarked;
