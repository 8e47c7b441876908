package io.tollgate.standalone.doctor;

import java.util.Locale;

/**
 * What one check came to.
 *
 * @param advice what to do; empty where nothing is
 */
record Finding(String check, Level level, String detail, String advice) {
    enum Level {
        OK,
        WARN,
        BROKEN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String detail) {
        return new Finding(check, Level.OK, detail, "");
    }

    static Finding warn(String check, String detail, String advice) {
        return new Finding(check, Level.WARN, detail, advice);
    }

    static Finding broken(String check, String detail, String advice) {
        return new Finding(check, Level.BROKEN, detail, advice);
    }
}
