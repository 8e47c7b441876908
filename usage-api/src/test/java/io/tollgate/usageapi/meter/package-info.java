@NullMarked
package io.tollgate.usageapi.meter;

import org.jspecify.annotations.NullMarked;
