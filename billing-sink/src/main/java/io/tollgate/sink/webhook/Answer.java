package io.tollgate.sink.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an attempt met with. */
sealed interface Answer {

    /**
     * HTTP's answer. A 2xx counts from its status line on: what its body says, or whether it came whole, does not matter.
     *
     * @param beginning of the body where the status is no 2xx
     */
    record Status(int code, @Nullable Duration retryAfter, String beginning) implements Answer {}

    /** None in time, or no connection. */
    record Nothing(String reason) implements Answer {}

    /** Nothing was sent, and trying again would not change that. */
    record NotSent(String reason) implements Answer {}
}
