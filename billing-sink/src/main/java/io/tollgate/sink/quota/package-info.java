/** Quotas, how they stand and when they began anew: {@code config.quotas}, {@code quota.states}, {@code quota.resets}. */
@NullMarked
package io.tollgate.sink.quota;

import org.jspecify.annotations.NullMarked;
