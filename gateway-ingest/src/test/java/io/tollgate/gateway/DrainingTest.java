package io.tollgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** No server is there: each submission is answered 503, and by that shown to be answered. */
class DrainingTest {
    private static final String NOWHERE = "127.0.0.1:1";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void whoeverComesWhileAGatewayEndsIsAnsweredAndSentElsewhere() throws Exception {
        ConfigurableApplicationContext gateway = GatewayStack.startGateway(
                NOWHERE, "http://" + NOWHERE + "/apis/ccompat/v7", "--tollgate.delivery.drain=3s");
        int port = GatewayStack.port(gateway);
        assertThat(submit(port).headers().firstValue("connection")).isEmpty();

        CompletableFuture<Void> ended = CompletableFuture.runAsync(gateway::close);
        await().until(() -> submit(port).headers().firstValue("connection").isPresent());
        HttpResponse<String> last = submit(port);

        assertThat(ended).isNotDone();
        assertThat(last.statusCode()).isEqualTo(503);
        assertThat(last.headers().firstValue("connection")).contains("close");
        HttpResponse<String> readiness = send(HttpRequest.newBuilder(uri(port, "/actuator/health/readiness")));
        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(readiness.body()).contains("\"readinessState\":{\"status\":\"OUT_OF_SERVICE\"}");
        ended.join();
        assertThat(catchThrowable(() -> submit(port))).isInstanceOf(IOException.class);
    }

    private HttpResponse<String> submit(int port) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(port, "/v1/events"))
                .header("authorization", "Bearer none")
                .POST(BodyPublishers.ofString("[]")));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
