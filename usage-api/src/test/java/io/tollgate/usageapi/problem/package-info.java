@NullMarked
package io.tollgate.usageapi.problem;

import org.jspecify.annotations.NullMarked;
