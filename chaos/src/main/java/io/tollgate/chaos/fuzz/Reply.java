package io.tollgate.chaos.fuzz;

/**
 * What came of a request.
 *
 * @param status 0 where there was none
 * @param excerpt the beginning of the body, or what happened instead
 */
record Reply(Kind kind, int status, String excerpt) {
    /** How it ended. */
    enum Kind {
        ANSWERED,
        /** The connection was closed or reset before a status came. */
        CLOSED,
        /** Neither came for as long as anybody would wait. */
        SILENT
    }

    static Reply answered(int status, String excerpt) {
        return new Reply(Kind.ANSWERED, status, excerpt);
    }
}
