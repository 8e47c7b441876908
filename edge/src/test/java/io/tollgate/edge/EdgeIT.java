package io.tollgate.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A small service with nothing but the edge: what it answers, and over which certificate. */
class EdgeIT {
    private static final Map<String, String> HEADERS = Map.of(
            "x-content-type-options", "nosniff",
            "cache-control", "no-store",
            "content-security-policy", "default-src 'none'; frame-ancestors 'none'",
            "referrer-policy", "no-referrer",
            "x-frame-options", "DENY");

    @SpringBootApplication
    static class Service {
        /** Reactor's global ones end with whichever service of the JVM stops first. */
        @Bean
        ReactorResourceFactory reactorResources() {
            ReactorResourceFactory resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            return resources;
        }

        @Bean
        NettyRouteProvider hot() {
            return routes -> routes.get("/hot", (request, response) -> response.sendString(Mono.just("hot")));
        }

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route()
                    .GET("/page", request -> ServerResponse.ok()
                            .header("content-security-policy", "default-src 'self'")
                            .header("cache-control", "no-cache")
                            .header("server", "someone")
                            .bodyValue("page"))
                    .GET("/fails", request -> Mono.error(new IllegalStateException("on purpose")))
                    .build();
        }
    }

    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void begin() {
        service = start();
    }

    @AfterAll
    static void end() {
        service.close();
    }

    @Test
    void everyAnswerHasTheHeaders() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        for (String path : List.of("/hot", "/nothing", "/fails", "/actuator/health", "/actuator/health/nothing")) {
            HttpResponse<String> response = get(http, "http://127.0.0.1:" + port(service) + path);
            HEADERS.forEach((name, value) -> assertThat(response.headers().allValues(name))
                    .as(path + " " + name)
                    .containsExactly(value));
            assertThat(response.headers().map()).doesNotContainKeys("server", "strict-transport-security");
        }
        String malformed = raw(port(service), "what is this\r\n\r\n").toLowerCase(Locale.ROOT);
        assertThat(malformed).startsWith("http/1.1 400");
        HEADERS.forEach((name, value) -> assertThat(malformed).contains(name + ": " + value.toLowerCase(Locale.ROOT)));
    }

    @Test
    void aRouteMayHaveItsOwnPolicy() throws Exception {
        HttpResponse<String> page = get(HttpClient.newHttpClient(), "http://127.0.0.1:" + port(service) + "/page");
        assertThat(page.headers().allValues("content-security-policy")).containsExactly("default-src 'self'");
        assertThat(page.headers().allValues("cache-control")).containsExactly("no-cache");
        assertThat(page.headers().allValues("x-frame-options")).containsExactly("DENY");
        assertThat(page.headers().map()).doesNotContainKey("server");
    }

    @Test
    void anAdminTokenThatCanBeGuessedStopsTheStart() {
        assertThatThrownBy(() -> start("--server.address=0.0.0.0", "--tollgate.admin-token=changeme"))
                .isInstanceOf(RefusedStartException.class);
    }

    @Test
    void newConnectionsGetTheNewCertificateAndABrokenPairIsKeptOut(@TempDir Path folder) throws Exception {
        TestCertificate first = TestCertificate.make(folder, "first");
        TestCertificate second = TestCertificate.make(folder, "second");
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        Files.writeString(certificate, first.certificatePem());
        Files.writeString(key, first.privateKeyPem());
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>();
        try (ConfigurableApplicationContext secure = start(
                "--tollgate.tls.certificate=" + certificate,
                "--tollgate.tls.private-key=" + key,
                "--tollgate.tls.reload=100ms")) {
            // Only now: the start sets logging up anew.
            listenTo(TlsBundle.class, log);
            int port = port(secure);
            HttpResponse<String> hot = get(trusting(first), "https://127.0.0.1:" + port + "/hot");
            assertThat(hot.body()).isEqualTo("hot");
            assertThat(hot.headers().allValues("strict-transport-security")).containsExactly("max-age=31536000");
            assertThat(get(trusting(first), "https://localhost:" + port + "/actuator/health")
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> get(trusting(second), "https://127.0.0.1:" + port + "/hot"))
                    .isInstanceOf(SSLException.class);

            // Half of the new pair: the key is not that of the certificate. Nobody could begin with it, either.
            Files.writeString(certificate, second.certificatePem());
            refusesToBeginWith(certificate, key, "the private key is not that of the certificate");
            refusesToBeginWith(certificate, null, "one of the two is not set");
            refusesToBeginWith(certificate, folder.resolve("none"), "a file can't be read");
            await().untilAsserted(() -> assertThat(log.list).anySatisfy(line -> assertThat(line.getFormattedMessage())
                    .contains("can't be used", "the private key is not that of the certificate")));
            assertThat(served(port)).isEqualTo(first.certificate());
            Files.writeString(certificate, "nonsense");
            await().untilAsserted(() -> assertThat(log.list).anySatisfy(line -> assertThat(line.getFormattedMessage())
                    .contains("can't be used", "holds no PEM certificate")));
            assertThat(served(port)).isEqualTo(first.certificate());

            Files.writeString(key, second.privateKeyPem());
            Files.writeString(certificate, second.certificatePem());
            await().untilAsserted(() -> assertThat(served(port)).isEqualTo(second.certificate()));
            assertThat(get(trusting(second), "https://127.0.0.1:" + port + "/hot")
                            .body())
                    .isEqualTo("hot");
            assertThat(log.list)
                    .noneSatisfy(line -> assertThat(line.getFormattedMessage()).contains("BEGIN"));
        } finally {
            ((Logger) LoggerFactory.getLogger(TlsBundle.class)).detachAppender(log);
        }
    }

    private static void refusesToBeginWith(Path certificate, @Nullable Path key, String because) {
        try (TlsBundle bundle = new TlsBundle(new EdgeSettings.Tls(certificate, key, Duration.ofSeconds(10)))) {
            assertThatThrownBy(() -> bundle.registerBundles(new DefaultSslBundleRegistry()))
                    .isInstanceOf(RefusedStartException.class)
                    .hasMessageContaining(because);
        }
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--server.port=0", "--spring.main.banner-mode=off"));
        if (List.of(arguments).stream().noneMatch(argument -> argument.startsWith("--server.address"))) {
            all.add("--server.address=127.0.0.1");
        }
        all.addAll(List.of(arguments));
        SpringApplication service = new SpringApplicationBuilder(Service.class).build();
        return service.run(all.toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext service) {
        return service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static HttpResponse<String> get(HttpClient http, String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient trusting(TestCertificate trusted) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(context(trusted.certificate()))
                .build();
    }

    private static SSLContext context(X509Certificate trusted) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        store.setCertificateEntry("trusted", trusted);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** The certificate that a new connection is shown, believed or not. */
    private static X509Certificate served(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static final class AnyCertificate implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static void listenTo(Class<?> type, ListAppender<ILoggingEvent> log) {
        log.start();
        ((Logger) LoggerFactory.getLogger(type)).addAppender(log);
    }
}
