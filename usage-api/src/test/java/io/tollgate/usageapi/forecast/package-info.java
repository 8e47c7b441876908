@NullMarked
package io.tollgate.usageapi.forecast;

import org.jspecify.annotations.NullMarked;
