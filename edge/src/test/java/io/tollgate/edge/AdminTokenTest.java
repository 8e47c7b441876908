package io.tollgate.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdminTokenTest {
    @Test
    void onlyTheWholeTokenIsIt() {
        AdminToken token = new AdminToken("a-token-of-the-operator");
        assertThat(token.is("a-token-of-the-operator")).isTrue();
        assertThat(token.is("a-token-of-the-operato")).isFalse();
        assertThat(token.is("a-token-of-the-operator ")).isFalse();
        assertThat(token.is("")).isFalse();
        assertThat(token.is(null)).isFalse();
    }

    @Test
    void whereNoneIsConfiguredNobodyHasIt() {
        for (String none : new String[] {null, "", "  "}) {
            AdminToken token = new AdminToken(none);
            assertThat(token.isConfigured()).isFalse();
            assertThat(token.is("")).isFalse();
            assertThat(token.is("  ")).isFalse();
            assertThat(token.is(null)).isFalse();
        }
    }
}
