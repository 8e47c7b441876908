package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The OpenAPI documents: valid, of every route and of no other, and saying of bodies what the services say. Real answers
 * are held against them by {@link RoutesAndKeysIT}.
 */
@ExtendWith(SharedStack.class)
class OpenApiIT {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern KNOWN = Pattern.compile("known are \\[([a-z_, ]*)]");
    private static final Pattern PARAMETERS = Pattern.compile("there are \\[([A-Za-z_, ]*)]");
    private static final Map<Service, ApiContract> CONTRACTS = new EnumMap<>(Service.class);

    private static TestStack stack;

    @BeforeAll
    static void readThem(TestStack shared) throws Exception {
        stack = shared;
        for (Service service : Service.values()) {
            CONTRACTS.put(service, ApiContract.of(RouteCalls.base(stack.endpoints(), service)));
        }
    }

    private static ApiContract contract(Service service) {
        return Objects.requireNonNull(CONTRACTS.get(service));
    }

    @Test
    void everyDocumentIsOpenApi31() {
        CONTRACTS.forEach((service, contract) -> {
            assertThat(contract.document().path("openapi").asString()).startsWith("3.1.");
            ParseOptions options = new ParseOptions();
            options.setResolve(true);
            var read = new OpenAPIV3Parser().readContents(contract.text(), null, options);
            assertThat(read.getMessages()).as(service.title()).isEmpty();
            assertThat(read.getOpenAPI().getPaths()).as(service.title()).isNotEmpty();
        });
        var broken = new OpenAPIV3Parser()
                .readContents(contract(Service.SINK).text().replace("\"responses\"", "\"answers\""), null, null);
        assertThat(broken.getMessages()).isNotEmpty();
    }

    @Test
    void itsSchemasAreJsonSchema() {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        CONTRACTS.forEach((service, contract) -> contract.document().findValues("schema").stream()
                .filter(JsonNode::isObject)
                .forEach(one ->
                        assertThat(schema.validate(one)).as(one.toString()).isEmpty()));
        JsonNode named = contract(Service.GATEWAY).document().at("/components/schemas");
        named.properties().forEach(one -> assertThat(schema.validate(one.getValue()))
                .as(one.getKey())
                .isEmpty());
        assertThat(schema.validate(JsonMapper.shared().readTree("{\"type\":\"text\"}")))
                .isNotEmpty();
    }

    @Test
    void everyRouteIsDescribedAndNoOther() {
        for (Service service : Service.values()) {
            Set<String> served = new TreeSet<>();
            for (String route : ServedRoutes.of(stack.context(service))) {
                if (!route.startsWith(ServedRoutes.ANY)) {
                    served.add(route.replace("{*", "{"));
                }
            }
            assertThat(contract(service).routes()).as(service.title()).isEqualTo(served);
        }
    }

    @Test
    void operationsAreNamedOnceAndTheirVariablesAreThePaths() {
        for (ApiContract contract : CONTRACTS.values()) {
            Set<String> names = new HashSet<>();
            for (String route : contract.routes()) {
                JsonNode operation = contract.operation(route);
                assertThat(names.add(operation.path("operationId").asString()))
                        .as(route)
                        .isTrue();
                assertThat(operation.path("summary").asString()).as(route).isNotBlank();
                Set<String> variables = new TreeSet<>();
                for (JsonNode parameter : operation.path("parameters")) {
                    if (parameter.path("in").asString().equals("path")) {
                        variables.add(parameter.path("name").asString());
                    }
                }
                Matcher inPath = Pattern.compile("\\{(\\w+)}").matcher(route);
                Set<String> expected = new TreeSet<>();
                while (inPath.find()) {
                    expected.add(inPath.group(1));
                }
                assertThat(variables).as(route).isEqualTo(expected);
            }
        }
    }

    @Test
    void examplesAreWhatTheirSchemasSay() {
        List<String> objections = new ArrayList<>();
        CONTRACTS.forEach((service, contract) -> contract.routes().forEach(route -> contract.operation(route)
                .at("/requestBody/content")
                .properties()
                .forEach(media -> {
                    JsonNode example = media.getValue().get("example");
                    if (example != null) {
                        String objection = contract.objectionTo(route, media.getKey(), example.toString());
                        if (!objection.isEmpty()) {
                            objections.add(route + ": " + objection);
                        }
                    }
                })));
        assertThat(objections).isEmpty();
    }

    /** The examples by which callers were told how to call. */
    @Test
    void theContractsExamplesAreWhatTheSchemasSay() throws Exception {
        ApiContract gateway = contract(Service.GATEWAY);
        try (InputStream file = OpenApiIT.class.getResourceAsStream("/contract-examples.json")) {
            for (JsonNode example : JsonMapper.shared().readTree(file)) {
                String route = example.path("route").asString();
                String type = example.path("type").asString("application/json");
                assertThat(gateway.objectionTo(route, type, example.path("body").toString()))
                        .as(route)
                        .isEqualTo(example.path("objection").asString(""));
            }
        }
        assertThat(gateway.objectionTo("PUT /admin/v1/companies/{id}", "application/json", "{\"nmae\":\"Acme\"}"))
                .contains("nmae", "name");
        assertThat(
                        gateway.objectionTo(
                                "POST /v1/events",
                                "application/cloudevents+json",
                                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"tollgate.usage.v1\",\"data\":{}}"))
                .contains("dimensions");
    }

    /** A member that is unknown is refused with those that are known. */
    @Test
    void bodiesHaveTheMembersThatTheCodeReads() throws Exception {
        ApiContract gateway = contract(Service.GATEWAY);
        int compared = 0;
        for (String route : gateway.routes()) {
            JsonNode schema = gateway.operation(route).at("/requestBody/content/application~1json/schema");
            schema = schema.has("$ref")
                    ? gateway.document().at(schema.path("$ref").asString().substring(1))
                    : schema;
            boolean isList = schema.path("type").asString("").equals("array");
            JsonNode members = isList ? schema.path("items") : schema;
            // A reset's body is read once its quota is there.
            if (!members.path("additionalProperties").isBoolean() || route.endsWith("/reset")) {
                continue;
            }
            String body = isList ? "[{\"nonsense\":1}]" : "{\"nonsense\":1}";
            HttpResponse<String> answer = send(route, body);
            Matcher known = KNOWN.matcher(answer.body());
            assertThat(known.find()).as("%s: %s", route, answer.body()).isTrue();
            assertThat(new TreeSet<>(List.of(known.group(1).split(", "))))
                    .as(route)
                    .isEqualTo(new TreeSet<>(members.path("properties").propertyNames()));
            compared++;
        }
        assertThat(compared).isGreaterThanOrEqualTo(8);
    }

    /** A parameter that is unknown is refused with those that are known. */
    @Test
    void queriesHaveTheParametersThatTheCodeReads() throws Exception {
        int compared = 0;
        for (Service service : List.of(Service.GATEWAY, Service.USAGE_API)) {
            ApiContract contract = contract(service);
            for (String route : contract.routes()) {
                Set<String> described = new TreeSet<>();
                for (JsonNode parameter : contract.operation(route).path("parameters")) {
                    if (parameter.path("in").asString().equals("query")) {
                        described.add(parameter.path("name").asString());
                    }
                }
                if (!route.startsWith("GET ") || described.isEmpty()) {
                    continue;
                }
                HttpResponse<String> answer = HTTP.send(
                        HttpRequest.newBuilder(RouteCalls.base(stack.endpoints(), service)
                                        .resolve(route.substring("GET ".length())
                                                        .replaceAll("\\{\\w+}", "open-api") + "?nonsense=1"))
                                .header("Authorization", "Bearer " + stack.adminToken())
                                .build(),
                        BodyHandlers.ofString());
                Matcher known = PARAMETERS.matcher(answer.body());
                assertThat(known.find()).as("%s: %s", route, answer.body()).isTrue();
                assertThat(new TreeSet<>(List.of(known.group(1).split(", "))))
                        .as(route)
                        .isEqualTo(described);
                compared++;
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(15);
    }

    @Test
    void itIsServedToEveryoneAndSentOnce() throws Exception {
        for (Service service : Service.values()) {
            URI document = RouteCalls.base(stack.endpoints(), service).resolve("/openapi.json");
            HttpResponse<String> first =
                    HTTP.send(HttpRequest.newBuilder(document).build(), BodyHandlers.ofString());
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.headers().firstValue("content-type")).contains("application/json");
            String etag = first.headers().firstValue("etag").orElseThrow();
            HttpResponse<String> again = HTTP.send(
                    HttpRequest.newBuilder(document)
                            .header("If-None-Match", etag)
                            .build(),
                    BodyHandlers.ofString());
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    private static HttpResponse<String> send(String route, String body) throws Exception {
        String path = route.substring(route.indexOf(' ') + 1).replaceAll("\\{\\w+}", "open-api");
        boolean isAdmin = path.startsWith("/admin");
        return HTTP.send(
                HttpRequest.newBuilder(stack.endpoints().gateway().resolve(path))
                        .method(route.substring(0, route.indexOf(' ')), BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + (isAdmin ? stack.adminToken() : asker()))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String asker() throws Exception {
        TollgateClient client = new TollgateClient(
                stack.endpoints().gateway(), stack.endpoints().usageApi(), stack.adminToken());
        client.putCompany("open-api");
        return client.createKey("open-api", List.of("admission"));
    }
}
