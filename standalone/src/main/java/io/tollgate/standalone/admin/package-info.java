/** {@code tollgate companies}, {@code keys}, {@code quotas} and the like: the admin API's verbs from a shell. */
@NullMarked
package io.tollgate.standalone.admin;

import org.jspecify.annotations.NullMarked;
