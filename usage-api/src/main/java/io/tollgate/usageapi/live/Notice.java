package io.tollgate.usageapi.live;

import org.jspecify.annotations.Nullable;

/**
 * One record that is told as it is: how a quota stands, or an alert.
 *
 * @param event what it is called in the stream
 * @param authId of whom; a key's id
 * @param json as it is told
 */
record Notice(
        Source source,
        int partition,
        long offset,
        String event,
        String company,
        @Nullable String user,
        @Nullable String authId,
        String json) {

    /** About what it takes in memory. */
    int weight() {
        return 400 + json.length();
    }
}
