/** How far consumer groups are behind. */
@NullMarked
package io.tollgate.schemas.lag;

import org.jspecify.annotations.NullMarked;
