/** Comes last in the build, and looks at what the other modules left behind. */
@NullMarked
package io.tollgate.checks;

import org.jspecify.annotations.NullMarked;
