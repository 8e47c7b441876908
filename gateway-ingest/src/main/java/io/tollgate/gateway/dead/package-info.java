/** Dead letters, read back from {@code usage.dead}: which were meant, and which of them may go in again. */
@NullMarked
package io.tollgate.gateway.dead;

import org.jspecify.annotations.NullMarked;
