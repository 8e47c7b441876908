package io.tollgate.standalone.db;

import io.tollgate.sink.migration.Migrations;
import io.tollgate.sink.migration.Version;
import io.tollgate.standalone.client.TextTable;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a schema stands.
 *
 * @param version that the database has, 0 for none
 * @param pending versions that it has not got yet
 */
record SchemaReport(String schema, int version, long pending, List<Item> items) {

    /** One version. */
    record Item(
            int version,
            String description,
            String state,
            @Nullable String installed_at,
            @Nullable String installed_by) {
        static Item of(Version version) {
            return new Item(
                    version.number(),
                    version.description(),
                    version.state(),
                    version.installedAt() == null ? null : version.installedAt().toString(),
                    version.installedBy());
        }
    }

    static SchemaReport of(String schema, List<Version> versions) {
        return new SchemaReport(
                schema,
                Migrations.current(versions),
                versions.stream().filter(Version::isPending).count(),
                versions.stream().map(Item::of).toList());
    }

    void print(PrintWriter out) {
        TextTable table = new TextTable("version", "what", "state", "installed", "by");
        for (Item item : items) {
            table.add(
                    Integer.toString(item.version),
                    item.description,
                    item.state,
                    item.installed_at == null ? "" : item.installed_at,
                    item.installed_by == null ? "" : item.installed_by);
        }
        table.print(out);
        out.println();
        out.println(line());
    }

    /** In one sentence. */
    String line() {
        return "schema " + schema + " is at version " + version
                + (pending == 0 ? ", up to date" : ", " + pending + " pending: ./tollgate db migrate");
    }
}
