package io.tollgate.schemas.serde;

import io.tollgate.schemas.kafka.FailureText;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * A schema registry that speaks Confluent's REST API, which Apicurio serves under {@code /apis/ccompat/v7}. Ids are
 * immutable, so each is asked for once and kept for the life of the process: a registry outage does not stop a service
 * that has started.
 */
public final class SchemaRegistry implements SchemaIds {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final RegistryAddress address;
    private final @Nullable String authorization;
    private final HttpClient http;
    private final ObjectMapper json = JsonMapper.shared();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    /** @param url base of the Confluent API, {@code http://host:port/apis/ccompat/v7} say */
    public SchemaRegistry(String url) {
        this(RegistryAddress.at(url));
    }

    public SchemaRegistry(RegistryAddress address) {
        this.address = address;
        this.authorization = address.authorization();
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT);
        if (address.ca() != null) {
            client = client.sslContext(TrustedCertificates.of(address.ca()));
        }
        this.http = client.build();
    }

    @Override
    public int idFor(String subject, Schema schema) {
        String body = json.writeValueAsString(Map.of("schema", schema.toString()));
        String path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
        JsonNode answer = call(path, body, "register the schema of " + subject);
        int id = answer.path("id").asInt(-1);
        if (id < 0) {
            throw new RegistryException("the registry at " + address + " gave no id for " + subject, false, null);
        }
        schemas.putIfAbsent(id, schema);
        return id;
    }

    @Override
    public Schema schemaOf(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        JsonNode answer = call("/schemas/ids/" + id, null, "find schema " + id);
        Schema schema = parsed(id, answer);
        schemas.putIfAbsent(id, schema);
        return schema;
    }

    /** A registry may hold other kinds of schemas beside ours. */
    private static Schema parsed(int id, JsonNode answer) {
        try {
            return new Schema.Parser().parse(answer.path("schema").asString());
        } catch (AvroRuntimeException | JacksonException e) {
            throw new RegistryException("schema " + id + " is no Avro schema: " + e.getMessage(), true, e);
        }
    }

    private String refusal(HttpResponse<String> response) {
        if (response.statusCode() == 401) {
            return "401, "
                    + (address.user() == null
                            ? "it wants a user (tollgate.registry-user)"
                            : "it does not take user " + address.user() + " with this password");
        }
        return response.statusCode() + " " + response.body();
    }

    private JsonNode call(String path, @Nullable String body, String what) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.url() + path))
                .timeout(TIMEOUT)
                .header("Content-Type", CONTENT_TYPE)
                .header("Accept", CONTENT_TYPE + ", application/json");
        if (authorization != null) {
            request = request.header("Authorization", authorization);
        }
        request = body == null ? request.GET() : request.POST(BodyPublishers.ofString(body));
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new RegistryException(
                        "the registry at " + address + " would not " + what + ": " + refusal(response),
                        response.statusCode() == 404,
                        null);
            }
            return json.readTree(response.body());
        } catch (IOException | JacksonException e) {
            throw new RegistryException(
                    "could not " + what + " with the registry at " + address + ": " + FailureText.of(e), false, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("interrupted while asking the registry at " + address, false, e);
        }
    }
}
