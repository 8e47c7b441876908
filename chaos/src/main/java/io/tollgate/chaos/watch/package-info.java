/** How soon the system goes on. */
@NullMarked
package io.tollgate.chaos.watch;

import org.jspecify.annotations.NullMarked;
