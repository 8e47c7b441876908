package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.standalone.FakeGateway.Said;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitCodesTest {
    @Test
    void whatIsDoneRefusedOrWrittenWronglyIsToldApart(@TempDir Path folder) throws IOException {
        try (FakeGateway gateway = new FakeGateway(folder)) {
            gateway.answer(200, "{\"items\":[],\"next_cursor\":null}");
            assertThat(gateway.run("companies", "list").code()).isZero();
            gateway.answer(404, "{\"detail\":\"there is no company x\"}");
            assertThat(gateway.run("companies", "show", "x").code()).isEqualTo(1);
            assertThat(gateway.run("companies", "show").code()).isEqualTo(2);
            assertThat(gateway.run("companies", "set", "x", "--nam", "X").code())
                    .isEqualTo(2);
            assertThat(gateway.run("users", "set", "acme", "ann", "--blocked", "perhaps")
                            .code())
                    .isEqualTo(2);
            assertThat(gateway.run("prices", "set").code()).isEqualTo(2);
        }
    }

    @Test
    void nobodyThereSaysWhoWasAskedAndHowToStartOne(@TempDir Path folder) throws IOException {
        FakeGateway gateway = new FakeGateway(folder);
        gateway.close();
        Said said = gateway.run("companies", "list");
        assertThat(said.code()).isEqualTo(3);
        assertThat(said.err()).contains("no gateway answers at http://127.0.0.1:", "told by --url", "./tollgate up");
        assertThat(gateway.runUsage("audit", "list").err()).contains("no usage-api answers at");
    }

    @Test
    void aRefusedTokenIsTracedToWhereItCameFrom(@TempDir Path folder) throws IOException {
        try (FakeGateway gateway = new FakeGateway(folder)) {
            gateway.answer(401, "{\"detail\":\"this is not the admin token\"}");
            Said said = gateway.run("companies", "list");
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err())
                    .contains("this is not the admin token (the token came from ")
                    .contains(folder.resolve("admin-token").toString())
                    .doesNotContain("the-token");
            gateway.answer(200, "<html>");
            assertThat(gateway.run("companies", "list").code()).isEqualTo(1);
        }
    }
}
