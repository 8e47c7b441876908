@NullMarked
package io.tollgate.usageapi;

import org.jspecify.annotations.NullMarked;
