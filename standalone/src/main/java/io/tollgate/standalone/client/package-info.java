/** Calls of a Tollgate service over HTTP, for the demo and the commands. */
@NullMarked
package io.tollgate.standalone.client;

import org.jspecify.annotations.NullMarked;
