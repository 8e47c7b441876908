@NullMarked
package io.tollgate.usageapi.event;

import org.jspecify.annotations.NullMarked;
