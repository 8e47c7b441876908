/** Hostile input, made from a seed and a number: the same two make the same input, whatever was made before. Pure. */
@NullMarked
package io.tollgate.chaos.fuzz.input;

import org.jspecify.annotations.NullMarked;
