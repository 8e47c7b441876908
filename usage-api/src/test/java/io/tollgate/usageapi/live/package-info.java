@NullMarked
package io.tollgate.usageapi.live;

import org.jspecify.annotations.NullMarked;
