@NullMarked
package io.tollgate.usageapi.database;

import org.jspecify.annotations.NullMarked;
