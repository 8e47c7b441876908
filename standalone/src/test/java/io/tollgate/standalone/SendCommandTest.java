package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.standalone.FakeGateway.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of events on their way to a gateway that answers what the test wants. */
class SendCommandTest {
    private FakeGateway gateway;
    private Path folder;
    private Path key;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        gateway = new FakeGateway(folder);
        key = Files.writeString(folder.resolve("acme.key"), "tg_secret\n");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void whatIsTakenIsCountedAndWhatIsRefusedIsNamedByItsLine() throws IOException {
        Path file = Files.writeString(
                folder.resolve("events.ndjson"),
                event("1") + "\n" + event("2") + "\nno json\n" + event("1") + "\n" + event("3") + "\n");
        Path rejected = folder.resolve("rejected.ndjson");
        gateway.answer(
                207,
                "{\"accepted\":3,\"rejected\":1,\"results\":[{\"index\":0,\"verdict\":\"accepted\"},"
                        + "{\"index\":1,\"id\":\"2\",\"verdict\":\"rejected\",\"code\":\"missing_model\",\"detail\":\"no model\"},"
                        + "{\"index\":2,\"verdict\":\"accepted\"},{\"index\":3,\"verdict\":\"accepted\"}]}");

        Said said = send(file.toString(), "--rejected", rejected.toString());

        assertThat(said.code()).as(said.toString()).isEqualTo(1);
        assertThat(gateway.asked())
                .containsExactly("POST /v1/events Bearer tg_secret [" + event("1") + "," + event("2") + "," + event("1")
                        + "," + event("3") + "]");
        assertThat(said.out())
                .contains("line 2: missing_model  no model", "line 3: invalid_json")
                .contains("accepted 3, rejected 2, repeated in what was sent 1");
        assertThat(Files.readAllLines(rejected))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("\"line\":2", "\"event\":{\"id\":\"2\""))
                .anySatisfy(line -> assertThat(line).contains("\"line\":3", "\"text\":\"no json\""));
        assertThat(said.err()).isEmpty();
    }

    @Test
    void whatIsNotAcknowledgedIsSentAgainAsItWas() throws IOException {
        Path file = Files.writeString(folder.resolve("one.json"), event("1"));
        gateway.answerNotNow(503);
        gateway.answerNotNow(429);
        gateway.answer(204, "");
        Said said = send(file.toString(), "--json");
        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(gateway.asked()).hasSize(3).containsOnly(gateway.asked().get(0));
        assertThat(said.out()).contains("\"accepted\" : 1", "\"retries\" : 2");
    }

    @Test
    void aGatewayThatGoesOnRefusingIsGivenUp() throws IOException {
        Path file = Files.writeString(folder.resolve("one.json"), "\n" + event("1"));
        gateway.answerNotNow(503);
        Said said = send(file.toString(), "--give-up-after", "-1");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("not now", "from line 2 of " + file, "counted once");
    }

    @Test
    void aRefusedKeyEndsItAndSaysWhereItCameFrom() throws IOException {
        Path file = Files.writeString(folder.resolve("one.json"), event("1"));
        gateway.answer(401, "{\"detail\":\"unknown key\"}");
        Said said = send(file.toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .contains("unknown key (the token came from " + key + ")")
                .doesNotContain("tg_secret");
    }

    @Test
    void nobodyThereIsAnExitCodeOfItsOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("one.json"), event("1"));
        Said said = FakeGateway.execute(
                "send", file.toString(), "--url", "http://127.0.0.1:1", "--token", "tg_x", "--give-up-after", "0");
        assertThat(said.code()).as(said.toString()).isEqualTo(3);
        assertThat(said.err()).contains("./tollgate up", "line 1 of");
    }

    @Test
    void manyEventsGoInBatchesWithinTheGatewaysLimit() throws IOException {
        Path file = Files.writeString(
                folder.resolve("many.ndjson"),
                IntStream.range(0, 2_500)
                        .mapToObj(i -> event(String.valueOf(i)))
                        .collect(Collectors.joining("\n")));
        gateway.answer(204, "");
        gateway.answer(204, "");
        gateway.answer(204, "");
        Said said = send(file.toString());
        assertThat(said.out()).contains("accepted 2500, rejected 0");
        assertThat(gateway.asked()).hasSize(3);
        assertThat(gateway.asked().stream()
                        .map(call -> call.split("\"specversion\"", -1).length - 1)
                        .sorted())
                .containsExactly(500, 1_000, 1_000);
    }

    @Test
    void aFileThatIsNotThereIsNamedBeforeAnythingIsSent() throws IOException {
        Path file = Files.writeString(folder.resolve("one.json"), event("1"));
        Said said = send(file.toString(), folder.resolve("none").toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("there is no file");
        assertThat(gateway.asked()).isEmpty();
    }

    private Said send(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "send";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--token-file";
        all[all.length - 1] = key.toString();
        return gateway.run(all);
    }

    private static String event(String id) {
        return "{\"id\":\"" + id + "\",\"source\":\"s\",\"specversion\":\"1.0\"}";
    }
}
