@NullMarked
package io.tollgate.usageapi.key;

import org.jspecify.annotations.NullMarked;
