@NullMarked
package io.tollgate.chaos.load;

import org.jspecify.annotations.NullMarked;
