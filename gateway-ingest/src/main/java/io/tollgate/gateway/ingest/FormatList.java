package io.tollgate.gateway.ingest;

import io.tollgate.gateway.format.UsageFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/vendor}. */
record FormatList(List<Item> items, @Nullable String nextCursor) {
    /** @param sample a body, or the chunks of a stream, as text of JSON */
    record Item(String format, @Nullable String provider, boolean stream, String sample) {}

    static FormatList of(List<UsageFormat> formats) {
        return new FormatList(
                formats.stream()
                        .map(format -> new Item(format.name(), format.provider(), format.isStream(), format.sample()))
                        .toList(),
                null);
    }
}
