package io.tollgate.gateway.rerating;

import static io.tollgate.gateway.rerating.Rows.COMPANY;
import static io.tollgate.gateway.rerating.Rows.TIME;
import static io.tollgate.gateway.rerating.Rows.book;
import static io.tollgate.gateway.rerating.Rows.prices;
import static io.tollgate.gateway.rerating.Rows.rated;
import static io.tollgate.gateway.rerating.Rows.row;
import static io.tollgate.gateway.rerating.Rows.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.Rerating;
import io.tollgate.avro.Usage;
import io.tollgate.schemas.serde.AvroGuards;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SelectionTest {
    @BeforeAll
    static void guard() {
        AvroGuards.set();
    }

    private static final PriceTimeline PRICES = prices(null, "gpt-4o", 1, "input", "2");

    @Test
    void theTimeIsHalfOpen() {
        RatedUsage row = rated("req-1", "gpt-4o", "5", PRICES);

        assertThat(of(asked().setFrom(TIME)).includes(row)).isTrue();
        assertThat(of(asked().setFrom(TIME + 1)).includes(row)).isFalse();
        assertThat(of(asked().setTo(TIME)).includes(row)).isFalse();
        assertThat(of(asked().setTo(TIME + 1)).includes(row)).isTrue();
    }

    @Test
    void itMayBeOneCompanysOrOnlyOfWhatHasNoPrice() {
        RatedUsage row = rated("req-1", "gpt-4o", "5", PRICES);

        assertThat(of(asked().setCompany(COMPANY)).includes(row)).isTrue();
        assertThat(of(asked().setCompany("globex")).includes(row)).isFalse();
        assertThat(of(asked().setOnlyUnpriced(true)).includes(row)).isFalse();
        assertThat(of(asked().setOnlyUnpriced(true)).includes(rated("req-2", "gpt-4o", "5")))
                .isTrue();
    }

    @Test
    void aModelIsWhatAnsweredOrWhatWasAskedFor() {
        Usage usage = usage("answered", Map.of("input", "5"));
        usage.setRequestModel("asked-for");
        RatedUsage row = row(COMPANY, "req-1", 0, usage, book());

        assertThat(isOfTheModel(asked(), row)).isTrue();
        assertThat(isOfTheModel(asked().setProvider("openai"), row)).isTrue();
        assertThat(isOfTheModel(asked().setProvider("mistral"), row)).isFalse();
        assertThat(isOfTheModel(asked().setProvider("openai").setModel("answered"), row))
                .isTrue();
        assertThat(isOfTheModel(asked().setModel("asked-for"), row)).isTrue();
        assertThat(isOfTheModel(asked().setModel("gpt-4o"), row)).isFalse();
    }

    @Test
    void aModelIsAlsoWhatHasItsPriceUnderAnotherName() {
        RatedUsage dated = rated("req-1", "gpt-4o-2024-08-06", "5");
        Rerating.Builder asked = asked().setProvider("openai").setModel("gpt-4o");

        assertThat(isOfTheModel(asked, dated)).isTrue();
        assertThat(isOfTheModel(asked, rated("req-2", "gpt-4o-mini", "5"))).isFalse();
    }

    private static boolean isOfTheModel(Rerating.Builder asked, RatedUsage row) {
        return of(asked)
                .isOfTheModel(
                        row,
                        book(PRICES)
                                .rate(row.getCompany(), RowUsage.of(row, row.getLines()))
                                .lines());
    }

    private static Selection of(Rerating.Builder asked) {
        return Selection.of(asked.build(), List.of(PRICES));
    }

    private static Rerating.Builder asked() {
        return Rerating.newBuilder().setFrom(0).setReason("test");
    }
}
