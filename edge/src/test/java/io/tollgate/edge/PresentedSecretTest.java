package io.tollgate.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PresentedSecretTest {
    @Test
    void itIsWhatFollowsBearerHoweverThatIsSpelt() {
        assertThat(PresentedSecret.of("Bearer tg_1", null)).isEqualTo("tg_1");
        assertThat(PresentedSecret.of("bearer  tg_1 ", null)).isEqualTo("tg_1");
        assertThat(PresentedSecret.of(null, " tg_1 ")).isEqualTo("tg_1");
    }

    @Test
    void bearerWinsAndOtherSchemesAreOtherPeoples() {
        assertThat(PresentedSecret.of("Bearer tg_1", "tg_2")).isEqualTo("tg_1");
        assertThat(PresentedSecret.of("Basic dXNlcjpwYXNz", "tg_2")).isEqualTo("tg_2");
        assertThat(PresentedSecret.of("Bearer ", "tg_2")).isNull();
    }

    @Test
    void anythingElseIsNone() {
        assertThat(PresentedSecret.of(null, null)).isNull();
        assertThat(PresentedSecret.of("Bearer", null)).isNull();
        assertThat(PresentedSecret.of("tg_1", null)).isNull();
        assertThat(PresentedSecret.of(null, " ")).isNull();
    }
}
