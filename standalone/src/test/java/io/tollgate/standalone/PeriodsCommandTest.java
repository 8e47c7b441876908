package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.standalone.FakeGateway.Said;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeriodsCommandTest {
    private static final String OCTOBER = "{\"month\":\"2026-10\",\"closed_with\":\"2026-10\","
            + "\"closed_at\":\"2026-11-06T00:00:00Z\",\"end_offsets\":[12,0],\"events_topic_id\":\"t\",\"version\":1}";

    private FakeGateway gateway;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        gateway = new FakeGateway(folder);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aMonthIsClosedAndSaysWithWhich() {
        gateway.answer(201, OCTOBER);
        Said said = gateway.run("periods", "close", "--yes", "2026-10");
        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(gateway.asked()).containsExactly("POST /admin/v1/periods/2026-10/close Bearer the-token {}");
        assertThat(said.out().strip()).isEqualTo("closed   2026-10 since 2026-11-06T00:00:00Z");
        gateway.answer(200, OCTOBER.replaceFirst("2026-10", "2026-09"));
        assertThat(gateway.run("periods", "close", "--yes", "2026-09").out().strip())
                .endsWith(", with 2026-10");
    }

    @Test
    void whereNobodyCanBeAskedNothingIsClosedWithoutSayingSo() {
        Said said = gateway.run("periods", "close", "2026-10");
        assertThat(said.code()).isEqualTo(1);
        assertThat(gateway.asked()).isEmpty();
    }

    @Test
    void oneThatGoesOnIsNotClosed() {
        gateway.answer(409, "{\"code\":\"period_not_ended\",\"detail\":\"2026-11 ends when 2026-12-01 begins\"}");
        Said said = gateway.run("periods", "close", "--yes", "2026-11");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("2026-11 ends when 2026-12-01 begins");
    }

    @Test
    void closedMonthsAreListedAndShown() {
        gateway.answer(200, "{\"items\":[" + OCTOBER + "],\"next_cursor\":null}");
        assertThat(gateway.run("periods", "list").out()).contains("2026-10  2026-11-06T00:00:00Z  2026-10      12,0");
        gateway.answer(200, OCTOBER);
        assertThat(gateway.run("periods", "show", "2026-10").out()).contains("\"events_topic_id\" : \"t\"");
    }
}
