package io.tollgate.schemas.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that wants to know who asks. */
class RegistryAccountTest {
    private static final Schema SCHEMA = Schema.create(Schema.Type.LONG);

    private HttpServer server;
    private String host;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v7", exchange -> {
                    byte[] answer = "{\"id\":7}".getBytes(UTF_8);
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                })
                .setAuthenticator(new BasicAuthenticator("registry", UTF_8) {
                    @Override
                    public boolean checkCredentials(String user, String password) {
                        return user.equals("tollgate") && password.equals("h:ush ü");
                    }
                });
        server.start();
        host = "127.0.0.1:" + server.getAddress().getPort() + "/v7";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void itIsAskedAsWhoTheSettingsOrTheUrlSay() {
        RegistryAddress bySettings = RegistryAddress.of("http://" + host, "tollgate", "h:ush ü", null);
        assertThat(new SchemaRegistry(bySettings).idFor("a-value", SCHEMA)).isEqualTo(7);
        assertThat(new SchemaRegistry("http://tollgate:h%3Aush%20%C3%BC@" + host).idFor("a-value", SCHEMA))
                .isEqualTo(7);
    }

    /** A registry may have schemas of other kinds: whoever names one in a record must not stop those who read it. */
    @Test
    void whatIsNoAvroSchemaIsAsGoodAsUnknown() {
        SchemaRegistry registry = new SchemaRegistry("http://tollgate:h%3Aush%20%C3%BC@" + host);

        assertThatThrownBy(() -> registry.schemaOf(7))
                .hasMessageContaining("schema 7 is no Avro schema")
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.unknownSchema())
                        .isTrue());
    }

    @Test
    void aRefusalSaysWhoWasRefusedAndNoPassword() {
        assertThatThrownBy(() -> new SchemaRegistry("http://tollgate:hush@" + host).idFor("a-value", SCHEMA))
                .isInstanceOf(RegistryException.class)
                .hasMessage("the registry at http://" + host + " would not register the schema of a-value: 401,"
                        + " it does not take user tollgate with this password");
        assertThatThrownBy(() -> new SchemaRegistry("http://" + host).idFor("a-value", SCHEMA))
                .isInstanceOf(RegistryException.class)
                .hasMessageEndingWith("401, it wants a user (tollgate.registry-user)");
    }
}
