package io.tollgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Admin;
import io.tollgate.avro.AdminRole;
import io.tollgate.gateway.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminsTest {
    private static final long NOW = 1_000_000;

    private final List<FieldError> errors = new ArrayList<>();

    @Test
    void aReplacementKeepsTheToken() {
        Admin ann = read("{\"name\":\"Ann\",\"role\":\"operator\"}", null, "tga_first");
        Admin next = read("{\"name\":\"Ann B.\",\"role\":\"admin\"}", ann, "tga_second");
        assertThat(errors).isEmpty();
        assertThat(ann.getPrefix()).isEqualTo("tga_firs");
        assertThat(next.getSecretSha256()).isEqualTo(Secrets.hash("tga_first"));
        assertThat(next.getPrefix()).isEqualTo("tga_firs");
        assertThat(next.getRole()).isEqualTo(AdminRole.ADMIN);
    }

    @Test
    void whatIsMadeOfAnAdministratorsTokenIsLongAndNew() {
        assertThat(Secrets.newToken()).matches("tga_[0-9a-f]{64}").isNotEqualTo(Secrets.newToken());
        assertThat(Secrets.newSecret()).matches("tg_[0-9a-f]{64}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\":\"admin\"}                                 | /name       | missing",
                "{\"name\":\"Ann\"}                                   | /role       | missing",
                "{\"name\":\"Ann\",\"role\":\"root\"}                 | /role       | invalid",
                "{\"name\":\"Ann\",\"role\":\"unknown\"}              | /role       | invalid",
                "{\"name\":\"Ann\",\"role\":\"admin\",\"expires_at\":\"1970-01-01T00:00:01Z\"} | /expires_at | invalid",
                "{\"name\":\"Ann\",\"role\":\"admin\",\"token\":\"tga_mine\"} | /token | unknown_member",
            })
    void whatIsWrongIsPointedTo(String body, String pointer, String code) {
        read(body, null, "tga_first");
        assertThat(errors).as("%s", errors).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo(pointer);
            assertThat(error.code()).isEqualTo(code);
        });
    }

    private Admin read(String body, @Nullable Admin prior, String token) {
        Fields fields = Worlds.fields(body, errors);
        Admin admin = Admins.read(fields, "ann", prior, token, NOW);
        fields.refuseOthers();
        return admin;
    }
}
