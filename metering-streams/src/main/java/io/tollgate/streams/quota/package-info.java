/** The stage that counts usage against quotas, with the stores that it keeps. */
@NullMarked
package io.tollgate.streams.quota;

import org.jspecify.annotations.NullMarked;
