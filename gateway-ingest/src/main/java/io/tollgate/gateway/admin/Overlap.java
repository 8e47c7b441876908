package io.tollgate.gateway.admin;

import io.tollgate.gateway.http.Answer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long what a rotation replaces stays in force: {@code ?overlap_hours=}. Any other parameter is refused, since with a
 * typing error in this one the old secret would end at a time that nobody asked for.
 */
final class Overlap {
    private static final String NAME = "overlap_hours";
    private static final int MOST_HOURS = 168;

    private Overlap() {}

    /**
     * Null where what is given is none: see {@link #refused}.
     *
     * @param usualHours where nothing is given
     */
    static @Nullable Duration of(AdminRequest request, int usualHours) {
        if (request.query().keySet().stream().anyMatch(name -> !name.equals(NAME))) {
            return null;
        }
        String text = request.query().get(NAME);
        try {
            int hours = text == null ? usualHours : Integer.parseInt(text);
            return hours >= 0 && hours <= MOST_HOURS ? Duration.ofHours(hours) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static Answer refused(AdminRequest request) {
        String detail = NAME + " is from 0 to " + MOST_HOURS + ", and there is no other parameter";
        return request.refuse(detail);
    }
}
