@NullMarked
package io.tollgate.usageapi.audit;

import org.jspecify.annotations.NullMarked;
