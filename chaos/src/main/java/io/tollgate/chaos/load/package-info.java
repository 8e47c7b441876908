/** What is sent while the system is disturbed, and what was answered. */
@NullMarked
package io.tollgate.chaos.load;

import org.jspecify.annotations.NullMarked;
