package io.tollgate.sink.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.RowId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatestRowsTest {
    private record Row(long version, String text) {}

    private final LatestRows<Row> rows = new LatestRows<>(Row::version);

    @Test
    void ofARowThatComesTwiceTheNewestVersionIsKept() {
        rows.add("acme", new Row(2, "a"));
        rows.add("acme", new Row(5, "b"));
        rows.add("acme", new Row(4, "c"));

        assertThat(rows.rows().values()).extracting(Row::text).containsExactly("b");
    }

    @Test
    void ofEqualVersionsTheLaterOneIsKept() {
        rows.add("acme", new Row(2, "a"));
        rows.add("acme", new Row(2, "b"));

        assertThat(rows.rows().values()).extracting(Row::text).containsExactly("b");
    }

    @Test
    void aRowThatIsGoneAndComesAnewIsTakenAwayAndWritten() {
        rows.add("gone", new Row(7, "a"));
        rows.add("gone", null);
        rows.add("anew", new Row(7, "a"));
        rows.add("anew", null);
        rows.add("anew", new Row(1, "b"));

        assertThat(rows.removed()).containsExactly("anew", "gone");
        assertThat(rows.rows()).containsOnlyKeys("anew");
        assertThat(rows.rows().values()).extracting(Row::text).containsExactly("b");
    }

    @Test
    void rowsAreInTheOrderOfTheirIds() {
        IntStream.range(0, 100)
                .forEach(company ->
                        rows.add(RowId.of(("company-" + company).getBytes(StandardCharsets.UTF_8)), new Row(1, "a")));

        assertThat(List.copyOf(rows.rows().keySet())).hasSize(100).isSorted().allMatch(id -> id.length() == 32);
    }
}
