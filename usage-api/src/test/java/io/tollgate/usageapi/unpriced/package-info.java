@NullMarked
package io.tollgate.usageapi.unpriced;

import org.jspecify.annotations.NullMarked;
