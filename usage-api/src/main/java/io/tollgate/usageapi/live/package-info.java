/**
 * {@code GET /v1/live}: what is metered, as it happens. One {@link io.tollgate.usageapi.live.LiveReader} tails the output
 * topics and cuts them into frames, a {@link io.tollgate.usageapi.live.Ring} keeps the newest of them, and each subscriber
 * is no more than a {@link io.tollgate.usageapi.live.Cursor} into it.
 */
@NullMarked
package io.tollgate.usageapi.live;

import org.jspecify.annotations.NullMarked;
