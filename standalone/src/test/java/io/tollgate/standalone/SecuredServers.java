package io.tollgate.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedPostgres;
import io.tollgate.embedded.registry.RegistryHandler;
import io.tollgate.schemas.kafka.KafkaCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Servers as in production: a broker that asks for SASL over TLS, a registry behind HTTPS that asks for a password, and
 * a PostgreSQL that takes no connection without TLS.
 */
final class SecuredServers implements AutoCloseable {
    private static final String ROOT = "/apis/ccompat/v7";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required ";
    private static final String USER = "tollgate";

    private final String secret;
    private final Path authority;
    private final EmbeddedKafka kafka;
    private final EmbeddedPostgres postgres;
    private final HttpsServer registry;
    private final RegistryHandler schemas;
    private final ExecutorService registryThreads = Executors.newFixedThreadPool(2);

    SecuredServers(Path folder, String secret) throws IOException, GeneralSecurityException, InterruptedException {
        this.secret = secret;
        TestCertificate certificate = TestCertificate.make(folder.resolve("certificate"));
        this.authority = certificate.writeCertificate(folder.resolve("ca.pem"));
        this.kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, brokerSettings(certificate));
        this.postgres = startPostgres(folder.resolve("postgres"), certificate);
        this.schemas = RegistryHandler.open(Files.createDirectories(folder.resolve("registry")), ROOT);
        this.registry = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        startRegistry(certificate);
    }

    private Map<String, String> brokerSettings(TestCertificate certificate) {
        return Map.ofEntries(
                Map.entry("listener.security.protocol.map", "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT"),
                Map.entry("sasl.enabled.mechanisms", "PLAIN"),
                Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
                Map.entry(
                        "listener.name.client.plain.sasl.jaas.config",
                        LOGIN + "username=\"broker\" password=\"" + secret + "\" user_broker=\"" + secret + "\" user_"
                                + USER + "=\"" + secret + "\";"),
                Map.entry("ssl.keystore.type", "PKCS12"),
                Map.entry("ssl.keystore.location", certificate.keyStore().toString()),
                Map.entry("ssl.keystore.password", TestCertificate.PASSWORD),
                Map.entry("ssl.truststore.type", "PEM"),
                Map.entry("ssl.truststore.location", authority.toString()));
    }

    /** Once to make the folder, and once more with a certificate and a rule that lets nobody in without it. */
    private static EmbeddedPostgres startPostgres(Path folder, TestCertificate certificate)
            throws IOException, GeneralSecurityException {
        EmbeddedPostgres.start(folder).close();
        Path data = folder.resolve("data");
        certificate.writeCertificate(data.resolve("server.crt"));
        certificate.writeKey(data.resolve("server.key"));
        Files.writeString(data.resolve("postgresql.conf"), "\nssl = on\n", StandardOpenOption.APPEND);
        Files.writeString(data.resolve("pg_hba.conf"), "hostssl all all 127.0.0.1/32 scram-sha-256\n");
        return EmbeddedPostgres.start(folder);
    }

    private void startRegistry(TestCertificate certificate) throws GeneralSecurityException {
        registry.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
        registry.setExecutor(registryThreads);
        registry.createContext(ROOT, schemas).setAuthenticator(new BasicAuthenticator("registry", UTF_8) {
            @Override
            public boolean checkCredentials(String user, String password) {
                return user.equals(USER) && password.equals(secret);
            }
        });
        registry.start();
    }

    /** What a service is told that may use them. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(kafkaAs(secret));
        settings.put("tollgate.kafka", kafka.bootstrapServers());
        settings.put(
                "tollgate.registry",
                "https://127.0.0.1:" + registry.getAddress().getPort() + ROOT);
        settings.put("tollgate.registry-user", USER);
        settings.put("tollgate.registry-password", secret);
        settings.put("tollgate.registry-ca", authority.toString());
        settings.put("tollgate.postgres", postgres.jdbcUrl() + "?sslmode=verify-full&sslrootcert=" + authority);
        settings.put("tollgate.postgres-user", postgres.user());
        settings.put("tollgate.postgres-password", postgres.password());
        return settings;
    }

    /** What a service is told of Kafka, with this password. */
    Map<String, String> kafkaAs(String password) {
        return security(password, authority).entrySet().stream()
                .collect(Collectors.toMap(entry -> "tollgate.kafka.security." + entry.getKey(), Map.Entry::getValue));
    }

    /** The cluster, for who trusts that certificate only. */
    KafkaCluster trusting(Path certificate) {
        return new KafkaCluster(kafka.bootstrapServers(), security(secret, certificate));
    }

    private static Map<String, String> security(String password, Path certificate) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + "username=\"" + USER + "\" password=\"" + password + "\";",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                certificate.toString());
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    /** What must be in no log. */
    List<String> secrets() {
        return List.of(secret, postgres.password());
    }

    @Override
    public void close() {
        registry.stop(0);
        registryThreads.shutdown();
        try {
            schemas.close();
        } catch (IOException e) {
            throw new IllegalStateException("the registry's folder could not be closed", e);
        } finally {
            postgres.close();
            kafka.close();
        }
    }
}
