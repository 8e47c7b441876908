package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tollgate.standalone.FakeGateway.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    private static final String CONTENT = "billing_day,cost\r\n2026-10-01,0.003\r\n";

    private final List<String> asked = new ArrayList<>();
    private Path folder = Path.of("");
    private Path out = Path.of("");
    private final HttpServer service;
    private String sha256 = "";
    private int breakOffAt = -1;
    private int busyTimes;

    ExportCommandTest() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start(@TempDir Path made) throws Exception {
        folder = made;
        out = made.resolve("usage.csv");
        Files.writeString(made.resolve("admin-token"), "the-token\n");
        sha256 = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT.getBytes(StandardCharsets.UTF_8)));
        service.createContext("/v1/exports/usage", this::file);
        service.createContext("/v1/exports/usage/manifest", this::manifest);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void aFileIsWrittenCheckedAndTold() throws IOException {
        Said said = run(
                "--period", "2026-10", "--manifest", folder.resolve("m.json").toString());
        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(asked.get(0)).isEqualTo("/v1/exports/usage?period=2026-10&format=csv&profile=native");
        assertThat(asked.get(1)).isEqualTo("/v1/exports/usage/manifest?export=one");
        assertThat(out).hasContent(CONTENT);
        assertThat(Files.readString(folder.resolve("m.json"))).contains(sha256);
        assertThat(said.out()).contains("1 rows", "closed", "cost 0.003 USD, list 0.004");
        assertThat(leftOvers()).isEmpty();
    }

    @Test
    void whatBreaksOffGoesOnWithTheSameExport() throws IOException {
        breakOffAt = 10;
        Said said = run("--from", "2026-10-01", "--to", "2026-10-02", "--company", "acme");
        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(asked.get(0)).endsWith("?from=2026-10-01&to=2026-10-02&format=csv&profile=native&company=acme");
        assertThat(asked.get(1)).endsWith(" bytes=10- \"one\"");
        assertThat(out).hasContent(CONTENT);
    }

    @Test
    void aLaterCommandGoesOnWithResumeAndBeginsAnewWithout() throws IOException {
        Files.writeString(folder.resolve("usage.csv.part"), CONTENT.substring(0, 5));
        Files.writeString(folder.resolve("usage.csv.part.etag"), "\"one\"");
        assertThat(run("--period", "2026-10", "--resume").code()).isZero();
        assertThat(asked.get(0)).endsWith(" bytes=5- \"one\"");
        assertThat(out).hasContent(CONTENT);
        Files.writeString(folder.resolve("usage.csv.part"), "something else");
        assertThat(run("--period", "2026-10").code()).isZero();
        assertThat(out).hasContent(CONTENT);
    }

    @Test
    void aFileThatIsNotTheManifestsKeepsItsName() throws IOException {
        sha256 = "0000";
        Said said = run("--period", "2026-10");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("is not what the manifest says", "0000");
        assertThat(out).doesNotExist();
    }

    @Test
    void whatIsNotReadyIsAskedForAgainAndWhatIsRefusedIsTold() {
        busyTimes = 2;
        assertThat(run("--period", "2026-10").code()).isZero();
        assertThat(asked).hasSize(4);
        Said refused = run("--period", "no-month");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("it needs a month");
    }

    @Test
    void whoIsNotThereIsExitCode3AndNoDaysIs2() {
        service.stop(0);
        assertThat(run("--period", "2026-10", "--give-up-after", "0").code()).isEqualTo(3);
        assertThat(run().code()).isEqualTo(2);
        assertThat(run("--period", "2026-10", "--from", "2026-10-01", "--to", "2026-10-02")
                        .code())
                .isEqualTo(2);
    }

    private Said run(String... arguments) {
        return FakeGateway.execute(Stream.concat(
                        Stream.of(
                                "export",
                                "--usage-url",
                                "http://127.0.0.1:" + service.getAddress().getPort(),
                                "--data",
                                folder.toString(),
                                "--out",
                                out.toString()),
                        Stream.of(arguments))
                .toArray(String[]::new));
    }

    private List<Path> leftOvers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains(".part")).toList();
        }
    }

    private void file(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        asked.add(exchange.getRequestURI()
                + (range == null
                        ? ""
                        : " " + range + " " + exchange.getRequestHeaders().getFirst("If-Range")));
        if (busyTimes > 0) {
            busyTimes--;
            exchange.getResponseHeaders().set("Retry-After", "0");
            problem(exchange, 503, "not now");
            return;
        }
        if (exchange.getRequestURI().toString().contains("no-month")) {
            problem(exchange, 400, "it needs a month");
            return;
        }
        byte[] bytes = CONTENT.getBytes(StandardCharsets.UTF_8);
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        exchange.getResponseHeaders().set("ETag", "\"one\"");
        exchange.sendResponseHeaders(range == null ? 200 : 206, bytes.length - from);
        int until = breakOffAt < 0 ? bytes.length : breakOffAt;
        breakOffAt = -1;
        exchange.getResponseBody().write(bytes, from, until - from);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private void manifest(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        byte[] body = ("{\"export\":\"one\",\"rows\":1,\"closed\":true,\"size\":" + CONTENT.length() + ",\"sha256\":\""
                        + sha256 + "\",\"sums\":[{\"currency\":\"USD\",\"cost\":\"0.003\",\"list_cost\":\"0.004\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void problem(HttpExchange exchange, int status, String detail) throws IOException {
        byte[] body = ("{\"detail\":\"" + detail + "\"}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
