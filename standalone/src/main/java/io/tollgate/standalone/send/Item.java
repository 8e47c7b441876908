package io.tollgate.standalone.send;

import org.jspecify.annotations.Nullable;

/**
 * One event of a file, or what stands in its place.
 *
 * @param line where it begins, from 1
 * @param json as it stands in the file
 * @param identity of its source and id; 0 where it lacks one of them
 * @param objection why it can't be sent; null: it can
 */
@SuppressWarnings("ArrayRecordComponent") // sent on, never compared
record Item(String file, long line, byte[] json, long identity, @Nullable Objection objection) {
    /** In the words of the gateway's own. */
    record Objection(String code, String detail) {}

    static Item wrong(String file, long line, byte[] text, String code, String detail) {
        return new Item(file, line, text, 0, new Objection(code, detail));
    }
}
