/** {@code tollgate config}: the configuration as a file that is read, compared and applied, and its numbered versions. */
@NullMarked
package io.tollgate.standalone.config;

import org.jspecify.annotations.NullMarked;
