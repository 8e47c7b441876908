package io.tollgate.standalone.doctor;

import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.standalone.client.HttpApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import tools.jackson.core.JacksonException;

/** The registry's newest schema of each topic, against the one that this version reads with. */
final class Schemas {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;

    private Schemas() {}

    /**
     * By topic; topics without a schema are absent.
     *
     * @throws IOException if the registry does not answer as one
     */
    static Map<Topic, Schema> newest(HttpClient http, String registry) throws IOException, InterruptedException {
        Map<Topic, Schema> newest = new HashMap<>();
        for (Topic topic : Topics.ALL) {
            URI at = URI.create(registry.replaceAll("/+$", "") + "/subjects/" + HttpApi.encode(topic.subject())
                    + "/versions/latest");
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(at).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == NOT_FOUND) {
                continue;
            }
            if (answer.statusCode() != 200) {
                throw new IOException("it says " + answer.statusCode());
            }
            try {
                String text =
                        HttpApi.MAPPER.readTree(answer.body()).path("schema").asString("");
                newest.put(topic, new Schema.Parser().parse(text));
            } catch (JacksonException | AvroRuntimeException e) {
                throw new IOException("what it says of " + topic + " is no schema");
            }
        }
        return newest;
    }

    static Finding unreachable(String registry, String why) {
        return Finding.broken(
                "schemas",
                "the registry at " + registry + " does not answer: " + why,
                "start it, or name it with --registry URL; services that run go on without it, none can start");
    }

    /** Judges them. */
    static Finding check(Map<Topic, Schema> newest) {
        List<String> unreadable = new ArrayList<>();
        List<String> newer = new ArrayList<>();
        for (Topic topic : Topics.ALL) {
            Schema theirs = newest.get(topic);
            if (theirs == null) {
                continue;
            }
            if (!reads(topic.value(), theirs)) {
                unreadable.add(topic.name());
            } else if (!reads(theirs, topic.value())) {
                newer.add(topic.name());
            }
        }
        int missing = Topics.ALL.size() - newest.size();
        if (!unreadable.isEmpty()) {
            return Finding.broken(
                    "schemas",
                    "this version can't read what is written to " + String.join(", ", unreadable),
                    "run a version that is as new as the newest service");
        }
        if (!newer.isEmpty()) {
            return Finding.warn(
                    "schemas",
                    "readers with the registry's schema can't read what this version writes to "
                            + String.join(", ", newer),
                    "bring readers up to date before writers");
        }
        return missing > 0
                ? Finding.warn(
                        "schemas", missing + " are not registered yet", "a service registers them when it starts")
                : Finding.ok("schemas", "all " + newest.size() + " can be read and written");
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }
}
