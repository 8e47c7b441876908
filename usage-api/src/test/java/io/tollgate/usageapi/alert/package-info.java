@NullMarked
package io.tollgate.usageapi.alert;

import org.jspecify.annotations.NullMarked;
