package io.tollgate.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.User;
import io.tollgate.gateway.http.Problem;
import io.tollgate.schemas.serde.AvroGuards;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BarsTest {
    static {
        AvroGuards.set();
    }

    @Test
    void aKeyWithoutPatternsMayUseEveryModel() {
        assertThat(Bars.objection(key(false), null, "m")).isNull();
        assertThat(Bars.objection(key(false, "*"), user(false), "m")).isNull();
    }

    @Test
    void aModelMustMatchOneOfThePatterns() {
        ApiKey key = key(false, "gpt-4o", "claude-*");
        assertThat(Bars.objection(key, null, "gpt-4o-2024-08-06")).isNull();
        assertThat(Bars.objection(key, null, "claude-sonnet-4-5")).isNull();
        assertCode(Bars.objection(key, null, "gpt-4o-mini"), "model_not_allowed");
    }

    @Test
    void theKeyComesFirstThenTheUserThenTheModel() {
        assertCode(Bars.objection(key(true, "x"), user(true), "m"), "key_blocked");
        assertCode(Bars.objection(key(false, "x"), user(true), "m"), "user_blocked");
        assertCode(Bars.objection(key(false, "x"), user(false), "m"), "model_not_allowed");
    }

    private static void assertCode(@Nullable Problem problem, String code) {
        assertThat(problem).isNotNull();
        assertThat(problem.status()).isEqualTo(403);
        assertThat(problem.code()).isEqualTo(code);
    }

    private static ApiKey key(boolean blocked, String... models) {
        return ApiKey.newBuilder()
                .setId("key_1")
                .setCompany("acme")
                .setName("n")
                .setPrefix("tg_")
                .setSecretSha256(ByteBuffer.allocate(0))
                .setScopes(List.of("admission"))
                .setModels(List.of(models))
                .setBlocked(blocked)
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }

    private static User user(boolean blocked) {
        return User.newBuilder()
                .setCompany("acme")
                .setId("u")
                .setBlocked(blocked)
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
    }
}
