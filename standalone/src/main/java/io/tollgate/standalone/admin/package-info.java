/** {@code tollgate quotas}, {@code alerts}, {@code webhooks} and {@code users}: the admin API's verbs from a shell. */
@NullMarked
package io.tollgate.standalone.admin;

import org.jspecify.annotations.NullMarked;
