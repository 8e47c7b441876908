package io.tollgate.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenStrengthTest {
    @Test
    void aShortOneIsWeak() {
        assertThat(TokenStrength.weakness("0f3b9c2d7e6a51480f3b9c2")).isEqualTo("has 23 characters, fewer than 24");
        for (String known : List.of("changeme", "admin", "secret", "tollgate", "password", "test")) {
            assertThat(TokenStrength.weakness(known)).as(known).startsWith("has ");
        }
    }

    @Test
    void wordsThatEverybodyTriesDoNotGetStrongerByRepetition() {
        for (String known : List.of(
                "changeme-changeme-changeme",
                "CHANGE_ME_TO_A_LONG_RANDOM_SECRET",
                "tollgate-admin-token-password-1",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "1234567890123456789012345678901234567890",
                "the-admin-token-of-the-tests")) {
            assertThat(TokenStrength.weakness(known)).as(known).isEqualTo("is made of words that everybody tries");
        }
    }

    @Test
    void whatAGeneratorPrintsIsStrong() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[24 + random.nextInt(16)];
            random.nextBytes(bytes);
            String token = HexFormat.of().formatHex(bytes);
            assertThat(TokenStrength.weakness(token)).as(token).isNull();
            assertThat(TokenStrength.weakness("tga_" + token)).as(token).isNull();
        }
    }
}
