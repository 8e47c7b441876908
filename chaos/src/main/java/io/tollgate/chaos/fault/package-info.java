/** What is done to the system. */
@NullMarked
package io.tollgate.chaos.fault;

import org.jspecify.annotations.NullMarked;
