@NullMarked
package io.tollgate.usageapi.stats;

import org.jspecify.annotations.NullMarked;
