@NullMarked
package io.tollgate.usageapi.export.period;

import org.jspecify.annotations.NullMarked;
