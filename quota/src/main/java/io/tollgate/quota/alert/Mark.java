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

    /** The next crossing; its number is the next one, but for a window that is later than the last one's. */
    static Mark crossing(@Nullable Mark before, Window window) {
        return before == null || window.start() > before.window.start()
                ? new Mark(1, true, window)
                : new Mark(before.number + 1, true, before.window);
    }

    Mark resolved() {
        return new Mark(number, false, window);
    }
}
