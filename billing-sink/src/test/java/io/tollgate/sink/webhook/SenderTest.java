package io.tollgate.sink.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS: the certificate must be trusted and be that of the URL's name, though an address is connected to. */
class SenderTest {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "changeit";

    private static SSLServerSocket server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("localhost.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "localhost",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        // Before the client makes its TLS context, which it keeps.
        System.setProperty(TRUST_STORE, store.toString());
        System.setProperty(TRUST_STORE + "Password", PASSWORD);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(SenderTest::serve, "tls-receiver");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterAll
    static void stop() throws IOException {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE + "Password");
        server.close();
    }

    private static void serve() {
        while (!server.isClosed()) {
            try (SSLSocket connection = (SSLSocket) server.accept()) {
                byte[] request = new byte[4_096];
                int ignored = connection.getInputStream().read(request);
                connection
                        .getOutputStream()
                        .write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // A caller that did not like the certificate.
            }
        }
    }

    private static Answer post(String host) {
        try (Sender sender = new Sender(address -> true, Duration.ofSeconds(10), Clock.systemUTC())) {
            URI url = URI.create("https://" + host + ":" + server.getLocalPort() + "/");
            Answer answer = sender.post(new Receiver.Open(url, "{}", "msg_1", 7, "v1,none"))
                    .block();
            return answer == null ? new Answer.Nothing("none") : answer;
        }
    }

    @Test
    void theCertificateIsThatOfTheName() {
        assertThat(post("localhost")).isEqualTo(new Answer.Status(204, null, ""));
    }

    @Test
    void aCertificateOfAnotherNameIsNotTaken() {
        assertThat(post("127.0.0.1")).isInstanceOfSatisfying(Answer.Nothing.class, nothing -> assertThat(
                        nothing.reason().toLowerCase(Locale.ROOT))
                .contains("subject alternative names"));
    }
}
