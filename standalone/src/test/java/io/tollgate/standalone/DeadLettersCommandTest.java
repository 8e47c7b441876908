package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.standalone.FakeGateway.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersCommandTest {
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
    void aReplayGoesOnWhereAnAnswerEnded() {
        gateway.answer(200, "{\"replayed\":2,\"ids\":[],\"left\":[],\"next_cursor\":\"MDo1\"}");
        gateway.answer(
                200,
                "{\"replayed\":1,\"ids\":[],\"left\":[{\"id\":\"usage.rated-0-1\",\"reason\":\"no_submission\"}],"
                        + "\"next_cursor\":null}");
        Said said = gateway.run("dead-letters", "replay", "--code", "unmatched", "--dry-run");
        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(gateway.asked())
                .containsExactly(
                        "POST /admin/v1/dead-letters/replay Bearer the-token {\"code\":\"unmatched\",\"dry_run\":true}",
                        "POST /admin/v1/dead-letters/replay Bearer the-token"
                                + " {\"code\":\"unmatched\",\"dry_run\":true,\"cursor\":\"MDo1\"}");
        assertThat(said.out()).contains("usage.rated-0-1  no_submission", "would replay  3, left 1");
    }

    @Test
    void ofThoseThatWereNamedOneThatIsLeftIsAFailure() {
        gateway.answer(200, "{\"replayed\":1,\"ids\":[\"usage.inbox-0-1\"],\"left\":[],\"next_cursor\":\"MDo1\"}");
        gateway.answer(
                200,
                "{\"replayed\":0,\"ids\":[],\"left\":[{\"id\":\"x-0-1\",\"reason\":\"not_found\"}],\"next_cursor\":null}");
        Said said = gateway.run("dead-letters", "replay", "usage.inbox-0-1", "x-0-1");
        assertThat(said.code()).as(said.toString()).isEqualTo(1);
        assertThat(gateway.asked().get(1)).contains("{\"ids\":[\"x-0-1\"],").doesNotContain("usage.inbox-0-1");
    }

    @Test
    void oneIsPutRightInAFile(@TempDir Path folder) throws IOException {
        gateway.answer(
                200,
                "{\"id\":\"usage.inbox-0-1\",\"original\":{\"kind\":\"usage\",\"id\":\"1\",\"usage\":{\"event_time\":"
                        + "\"2026-11-21T10:00:00Z\",\"provider\":\"openai\",\"model\":\"\",\"region\":null,\"user\":\"ann\","
                        + "\"dimensions\":{\"input\":\"-1\"},\"vendor\":null}}}");
        Said draft = gateway.runUsage("dead-letters", "show", "usage.inbox-0-1", "--fix", "--json");
        assertThat(draft.out().strip().replaceAll("\\s", ""))
                .isEqualTo("{\"subject\":\"ann\",\"time\":\"2026-11-21T10:00:00Z\",\"data\":{\"provider\":\"openai\","
                        + "\"model\":\"\",\"dimensions\":{\"input\":\"-1\"}}}");

        String fixed = draft.out().replace("-1", "1");
        Path file = Files.writeString(folder.resolve("fixed.json"), fixed);
        gateway.answer(200, "{\"id\":\"usage.inbox-0-1\",\"action\":\"fixed\"}");
        Said said = gateway.run("dead-letters", "replay", "usage.inbox-0-1", "--file", file.toString());
        assertThat(said.out().strip()).as(said.toString()).isEqualTo("fixed  usage.inbox-0-1");
        assertThat(gateway.asked().get(1))
                .isEqualTo("POST /admin/v1/dead-letters/usage.inbox-0-1/replay Bearer the-token " + fixed);
        assertThat(gateway.run("dead-letters", "replay", "--code", "unmatched", "--file", file.toString())
                        .err())
                .contains("name it by its id");
    }

    @Test
    void theDraftOfACorrectionOrOfWhatNobodyCanReadIsWhatAFixTakes() {
        gateway.answer(
                200,
                "{\"original\":{\"kind\":\"amend\",\"revision\":2,\"reason\":\"r\",\"usage\":{\"event_time\":null,"
                        + "\"provider\":\"openai\",\"user\":null}}}");
        assertThat(gateway.runUsage("dead-letters", "show", "x-0-1", "--fix")
                        .out()
                        .replaceAll("\\s", ""))
                .isEqualTo("{\"data\":{\"reason\":\"r\",\"revision\":2,\"data\":{\"provider\":\"openai\"}}}");
        gateway.answer(200, "{\"company\":\"acme\",\"original\":null,\"original_base64\":\"AA==\"}");
        assertThat(gateway.runUsage("dead-letters", "show", "x-0-1", "--fix")
                        .out()
                        .replaceAll("\\s", ""))
                .isEqualTo(
                        "{\"company\":\"acme\",\"source\":\"\",\"id\":\"\",\"data\":{\"provider\":\"\",\"model\":\"\","
                                + "\"dimensions\":{}}}");
    }

    @Test
    void theyAreListedAndShownByTheUsageApi() {
        gateway.answer(
                200,
                "{\"items\":[{\"id\":\"usage.inbox-0-1\",\"at\":\"2026-11-21T10:00:00Z\",\"code\":\"unreadable\","
                        + "\"detail\":\"no value\"}],\"next_cursor\":null}");
        Said list = gateway.runUsage("dead-letters", "list", "--code", "unreadable", "--limit", "5");
        assertThat(list.out()).contains("usage.inbox-0-1  2026-11-21T10:00:00Z  unreadable  no value");
        assertThat(gateway.asked().get(0)).startsWith("GET /v1/dead-letters?limit=5&code=unreadable ");
        gateway.answer(200, "{\"id\":\"usage.inbox-0-1\",\"original_base64\":\"AA==\"}");
        assertThat(gateway.runUsage("dead-letters", "show", "usage.inbox-0-1").out())
                .contains("AA==");
    }
}
