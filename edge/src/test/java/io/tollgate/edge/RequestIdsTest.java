package io.tollgate.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
    private final RequestIds ids = new RequestIds();

    @Test
    void aPlainNameIsTheCallersOwn() {
        for (String sent : List.of("req-7", "a.b_c:d/e+f=", "x".repeat(128))) {
            assertThat(ids.of(sent)).isEqualTo(sent);
        }
    }

    @Test
    void withoutOneItIsACountBehindARandomStart() {
        String first = ids.of(null);
        assertThat(first).matches("req_[0-9a-f]{12}_1");
        assertThat(ids.of("")).isEqualTo(first.substring(0, first.length() - 1) + "2");
        assertThat(new RequestIds().of(null)).isNotEqualTo(first);
    }

    @Test
    void whatCouldBreakALogOrAHeaderIsReplaced() {
        for (String sent : List.of("two words", "a\nb", "\"", "ü", "x".repeat(129))) {
            assertThat(ids.of(sent)).startsWith("req_");
        }
    }
}
