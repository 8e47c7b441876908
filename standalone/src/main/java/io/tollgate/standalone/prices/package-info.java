/** {@code tollgate prices}: the admin API's verbs on prices from a shell. */
@NullMarked
package io.tollgate.standalone.prices;

import org.jspecify.annotations.NullMarked;
