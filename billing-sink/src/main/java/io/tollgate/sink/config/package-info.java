/** What administrators have configured, as it stands: companies, users, keys, prices, administrators. */
@NullMarked
package io.tollgate.sink.config;

import org.jspecify.annotations.NullMarked;
