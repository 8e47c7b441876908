package io.tollgate.usageapi.settings;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be set of exports, under {@code tollgate.exports}.
 *
 * @param folder where files are written before and while they are sent; null: a folder of the system's temporary one
 * @param atATime how many may be written at a time: each holds a connection and keeps a disk busy
 * @param maxSize of all files together; where there is no room an export ends in the middle, which its reader is told
 * @param keptFor how long a file is kept after it was last read, so that a download can go on where it broke off
 * @param timeout after which a query of an export is given up
 * @param invoiceIssuer who sends the invoices, for FOCUS; closed months' files change with it
 */
public record ExportSettings(
        @Nullable Path folder,
        @DefaultValue("2") int atATime,
        @DefaultValue("8GB") DataSize maxSize,
        @DefaultValue("2h") Duration keptFor,
        @DefaultValue("15m") Duration timeout,
        @DefaultValue("Tollgate") String invoiceIssuer) {

    public ExportSettings {
        UsageApiSettings.require(atATime > 0, "tollgate.exports.at-a-time must be at least 1");
        UsageApiSettings.require(maxSize.toBytes() > 0, "tollgate.exports.max-size must be at least a byte");
        UsageApiSettings.require(keptFor.toSeconds() >= 1, "tollgate.exports.kept-for must be at least a second");
        UsageApiSettings.require(timeout.toMillis() > 0, "tollgate.exports.timeout must be at least 1 ms");
        UsageApiSettings.require(!invoiceIssuer.isBlank(), "tollgate.exports.invoice-issuer must say who");
    }
}
