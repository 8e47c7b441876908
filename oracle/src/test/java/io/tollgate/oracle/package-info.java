@NullMarked
package io.tollgate.oracle;

import org.jspecify.annotations.NullMarked;
