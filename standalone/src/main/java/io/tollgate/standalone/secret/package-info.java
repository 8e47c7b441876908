/** Files of secrets: the stack's own and the demo's. */
@NullMarked
package io.tollgate.standalone.secret;

import org.jspecify.annotations.NullMarked;
