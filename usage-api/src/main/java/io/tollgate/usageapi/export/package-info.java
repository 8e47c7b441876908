/**
 * Billing exports: the ledger of a month or of some days as a file, with a manifest. {@link
 * io.tollgate.usageapi.export.ExportHandler} is where requests come in, {@link
 * io.tollgate.usageapi.export.ExportWriter} makes a file, and {@link io.tollgate.usageapi.export.Spool} keeps it while it is
 * read.
 */
@NullMarked
package io.tollgate.usageapi.export;

import org.jspecify.annotations.NullMarked;
