package io.tollgate.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The columns that rows have are those of the tables that they are for. */
class DeployedTablesTest {
    private static final Path OURS =
            Path.of("..", "billing-sink", "src", "main", "resources", "db", "migration", "V1__the_books.sql");
    private static final Path DEPLOYED = ConnectStack.DEPLOYED.resolve("postgresql.sql");
    private static final Pattern COLUMN = Pattern.compile("(?m)^    ([a-z_]+) +[a-z\\[\\]]+(.*)$");
    private static final Tables TABLES = new Tables(new RowForm(RowForm.Timestamps.DEBEZIUM, null));

    @ParameterizedTest
    @ValueSource(strings = {"cost_calculations", "usage_stats", "usage_stats_intraday"})
    void columnsAreNamedAsInTheBooks(String table) throws IOException {
        List<String> books = columns(OURS, table);
        // What billing-sink says of its own writing.
        assertThat(books.removeAll(List.of("reduced", "updated_at"))).isTrue();

        assertThat(fields(table).stream().map(Field::name)).containsExactlyElementsOf(books);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cost_calculations", "usage_stats", "usage_stats_intraday"})
    void theDeployedTablesHaveTheRowsColumnsAndWantWhatIsAlwaysThere(String table) throws IOException {
        assertThat(columns(DEPLOYED, table))
                .containsExactlyElementsOf(
                        fields(table).stream().map(Field::name).toList());
        List<String> wanted = COLUMN.matcher(definition(DEPLOYED, table))
                .results()
                .filter(match ->
                        match.group(2).contains("NOT NULL") || match.group(2).contains("PRIMARY KEY"))
                .map(match -> match.group(1))
                .toList();
        assertThat(wanted)
                .containsExactlyElementsOf(fields(table).stream()
                        .filter(field -> !field.schema().isOptional())
                        .map(Field::name)
                        .toList());
    }

    @Test
    void thereIsNoOtherTable() {
        assertThat(TABLES.all().map(Table::name))
                .containsExactly("cost_calculations", "usage_stats", "usage_stats_intraday");
    }

    private static List<Field> fields(String table) {
        return TABLES.all()
                .filter(known -> known.name().equals(table))
                .findFirst()
                .orElseThrow()
                .schema()
                .fields();
    }

    private static List<String> columns(Path script, String table) throws IOException {
        return new ArrayList<>(COLUMN.matcher(definition(script, table))
                .results()
                .map(match -> match.group(1))
                .toList());
    }

    private static String definition(Path script, String table) throws IOException {
        String sql = Files.readString(script);
        int begin = sql.indexOf("CREATE TABLE " + table + " (");
        assertThat(begin).isNotNegative();
        return sql.substring(begin, sql.indexOf("\n)", begin));
    }
}
