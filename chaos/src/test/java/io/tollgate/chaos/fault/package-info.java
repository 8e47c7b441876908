@NullMarked
package io.tollgate.chaos.fault;

import org.jspecify.annotations.NullMarked;
