package io.tollgate.usageapi.export;

import io.tollgate.usageapi.balance.SinkProgress;
import io.tollgate.usageapi.database.Database;
import io.tollgate.usageapi.database.Snapshots;
import io.tollgate.usageapi.export.file.Column;
import io.tollgate.usageapi.export.file.RowWriter;
import io.tollgate.usageapi.export.period.ClosedPeriods;
import io.tollgate.usageapi.export.period.PartOfMonth;
import io.tollgate.usageapi.settings.ExportSettings;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes an export's file from one snapshot of the ledger, a row at a time. */
@Component
final class ExportWriter {
    /** Sorting a month's rows is most of the work, and only a few exports run at a time. */
    private static final String MEMORY = "SET LOCAL work_mem = '64MB'";

    private final Database database;
    private final Settlement settlement;
    private final Watermarks watermarks;
    private final ExportSettings settings;

    ExportWriter(Database database, Settlement settlement, Watermarks watermarks, UsageApiSettings settings) {
        this.database = database;
        this.settlement = settlement;
        this.watermarks = watermarks;
        this.settings = settings.exports();
    }

    /** Returns when the file is whole and its manifest known. */
    void write(Export export, OutputStream file) throws SQLException, IOException {
        Measured delivered = new Measured(file);
        boolean gzip = export.question().gzip();
        GZIPOutputStream packed = gzip ? new GZIPOutputStream(delivered) : null;
        Measured plain = packed == null ? delivered : new Measured(packed);
        try {
            Content content = database.readSnapshot(connection -> content(connection, export, plain));
            if (packed != null) {
                packed.finish();
            }
            file.flush();
            export.complete(manifest(export, content, delivered, plain));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** What is known when all rows are written. */
    private record Content(Totals totals, long rows, boolean closed, Instant asOf, @Nullable Instant watermark) {}

    private Content content(Connection connection, Export export, OutputStream file) throws SQLException {
        Instant asOf = Snapshots.time(connection);
        prepare(connection);
        ExportQuestion question = export.question();
        ClosedPeriods periods = ClosedPeriodsReader.read(connection);
        SinkProgress progress = SinkProgress.read(connection);
        List<YearMonth> months =
                question.parts().stream().map(PartOfMonth::month).toList();
        settlement.require(months, periods, progress);
        boolean closed = months.stream().allMatch(month -> periods.closingOf(month) != null);
        Instant watermark = watermarks.of(progress);
        export.begin(closed);
        try {
            Totals totals = new Totals();
            Tallied rows = new Tallied(
                    question, question.format().open(file, question.profile().columns()));
            ExportRows source = question.profile().rows(settings.invoiceIssuer());
            for (PartOfMonth part : question.parts()) {
                Selection selection = new Selection(part, periods, question.company());
                source.write(connection, selection, rows);
                totals.add(connection, selection);
            }
            rows.end();
            if (!rows.money.agreesWith(totals.money())) {
                throw new IllegalStateException("the file's sums are " + Manifest.sums(rows.money)
                        + " and the ledger's " + Manifest.sums(totals.money()));
            }
            return new Content(totals, rows.count, closed, asOf, watermark);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET LOCAL statement_timeout = " + settings.timeout().toMillis());
            statement.execute(MEMORY);
        }
    }

    /** Sums up what is written. */
    private static final class Tallied implements RowWriter {
        private final RowWriter file;
        private final Totals.Money money = new Totals.Money();
        private final int currency;
        private final int cost;
        private final int listCost;
        private long count;

        Tallied(ExportQuestion question, RowWriter file) {
            this.file = file;
            Profile profile = question.profile();
            List<String> names = profile.columns().stream().map(Column::name).toList();
            currency = names.indexOf(profile.currencyColumn());
            cost = names.indexOf(profile.costColumn());
            listCost = names.indexOf(profile.listCostColumn());
        }

        @Override
        public void row(List<@Nullable String> cells) throws IOException {
            file.row(cells);
            money.add(cells.get(currency), decimal(cells.get(cost)), decimal(cells.get(listCost)));
            count++;
        }

        @Override
        public void end() throws IOException {
            file.end();
        }

        private static @Nullable BigDecimal decimal(@Nullable String text) {
            return text == null ? null : new BigDecimal(text);
        }
    }

    private static Manifest manifest(Export export, Content content, Measured delivered, Measured plain) {
        ExportQuestion question = export.question();
        YearMonth period = question.period();
        Totals totals = content.totals;
        String sha256 = delivered.sha256();
        return new Manifest(
                export.id(),
                Manifest.SCHEMA_VERSION,
                question.profile().word(),
                question.format().word(),
                question.gzip(),
                question.from().toString(),
                question.to().toString(),
                period == null ? null : period.toString(),
                question.company(),
                content.closed,
                content.rows,
                totals.rows(),
                totals.adjustments(),
                totals.unpriced(),
                totals.usageMissing(),
                totals.unlisted(),
                Manifest.sums(totals.money()),
                content.watermark == null ? null : content.watermark.toString(),
                content.asOf.toString(),
                question.fileName(),
                delivered.size(),
                sha256,
                plain.size(),
                question.gzip() ? plain.sha256() : sha256,
                question.profile().columns().stream().map(Manifest.ColumnOf::of).toList());
    }
}
