@NullMarked
package io.tollgate.chaos.fuzz.input;

import org.jspecify.annotations.NullMarked;
