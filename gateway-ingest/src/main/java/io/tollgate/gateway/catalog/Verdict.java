package io.tollgate.gateway.catalog;

import java.util.List;

/** What becomes of one entry of a catalogue. Every entry has exactly one. */
sealed interface Verdict permits Verdict.Taken, Verdict.Skipped, Verdict.Quarantined {
    /** As the catalogue names it. */
    String entry();

    /** Whose it is, in the book's words; empty where that is not known. */
    String provider();

    /**
     * Its prices go in, but for those that the remarks name.
     *
     * @param prices not empty
     */
    record Taken(String entry, String provider, List<CataloguePrice> prices, List<Remark> remarks) implements Verdict {}

    /** Nothing wrong and nothing to take. */
    record Skipped(String entry, String provider, String code, String detail) implements Verdict {}

    /** Its numbers can't be true: nothing of it goes in. */
    record Quarantined(String entry, String provider, String code, String detail) implements Verdict {}
}
