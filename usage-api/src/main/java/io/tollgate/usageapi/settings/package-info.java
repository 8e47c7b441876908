/** What can be set. Every package may know it, so it knows none. */
@NullMarked
package io.tollgate.usageapi.settings;

import org.jspecify.annotations.NullMarked;
