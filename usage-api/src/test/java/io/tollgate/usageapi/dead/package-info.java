@NullMarked
package io.tollgate.usageapi.dead;

import org.jspecify.annotations.NullMarked;
