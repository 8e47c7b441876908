package io.tollgate.gateway.catalog;

/**
 * What is not as the catalogue has it, of one price of an entry that is taken otherwise.
 *
 * @param price the catalogue's name of it
 * @param code stable, for programs
 */
record Remark(Kind kind, String price, String code, String detail) {

    enum Kind {
        /** In the book under another dimension than the catalogue's. */
        MAPPED,
        /** Not in the book: it is no price that an event could have. */
        LEFT_OUT,
        /** Not in the book: it can't be true. */
        QUARANTINED
    }

    static Remark mapped(String price, String detail) {
        return new Remark(Kind.MAPPED, price, "misplaced", detail);
    }

    static Remark leftOut(String price, String code, String detail) {
        return new Remark(Kind.LEFT_OUT, price, code, detail);
    }

    static Remark quarantined(String price, String code, String detail) {
        return new Remark(Kind.QUARANTINED, price, code, detail);
    }
}
