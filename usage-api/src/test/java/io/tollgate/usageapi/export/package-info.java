@NullMarked
package io.tollgate.usageapi.export;

import org.jspecify.annotations.NullMarked;
