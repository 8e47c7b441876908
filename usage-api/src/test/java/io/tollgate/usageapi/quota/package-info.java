@NullMarked
package io.tollgate.usageapi.quota;

import org.jspecify.annotations.NullMarked;
