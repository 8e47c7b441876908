package io.tollgate.quota.alert;

import io.tollgate.quota.Window;
import org.jspecify.annotations.Nullable;

/**
 * What was last said of one threshold.
 *
 * @param number of the crossing in its window, from 1
 * @param isOpen whether the value is still there: no resolved alert has been raised
 * @param window in which it crossed; a rolling one has moved on since
 */
public record Mark(int number, boolean isOpen, Window window) {

    /** The next crossing. A window that is not this one's begins to count anew. */
    static Mark crossing(@Nullable Mark before, Window window) {
        int last = before != null && before.window.start() == window.start() ? before.number : 0;
        return new Mark(last + 1, true, window);
    }

    Mark resolved() {
        return new Mark(number, false, window);
    }
}
