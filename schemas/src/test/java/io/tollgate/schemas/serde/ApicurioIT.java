package io.tollgate.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.tollgate.avro.Submission;
import io.tollgate.embedded.ApicurioProcess;
import io.tollgate.schemas.release.Samples;
import io.tollgate.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our thin serde against a real Apicurio Registry and the serdes that others use with it. */
class ApicurioIT {
    private static final String TOPIC = Topics.USAGE_EVENTS.name();

    private static ApicurioProcess apicurio;
    private static Codecs codecs;

    @BeforeAll
    static void start() {
        Path target = Path.of("target", "apicurio");
        apicurio = ApicurioProcess.start(target.resolve("apicurio-registry-app-all.tar.gz"), target.resolve("run"));
        codecs = Codecs.settle(new SchemaRegistry(apicurio.ccompatUrl()));
    }

    @AfterAll
    static void stop() {
        apicurio.close();
    }

    @Test
    void othersReadWhatWeWrite() {
        byte[] bytes = codecs.events().encode(Samples.submission());

        try (AvroKafkaDeserializer<GenericRecord> generic = new AvroKafkaDeserializer<>();
                AvroKafkaDeserializer<Submission> specific = new AvroKafkaDeserializer<>()) {
            generic.configure(settings("false"), false);
            specific.configure(settings("true"), false);

            assertThat(generic.deserialize(TOPIC, bytes))
                    .hasToString(Samples.submission().toString());
            assertThat(specific.deserialize(TOPIC, bytes)).isEqualTo(Samples.submission());
        }
    }

    @Test
    void weReadWhatOthersWrite() {
        try (AvroKafkaSerializer<Submission> serializer = new AvroKafkaSerializer<>()) {
            serializer.configure(settings("true"), false);

            byte[] bytes = serializer.serialize(TOPIC, Samples.submission());

            assertThat(codecs.events().decode(bytes)).isEqualTo(Samples.submission());
        }
    }

    @Test
    void theSameSchemasGetTheSameIdsAgain() {
        byte[] before = codecs.rated().encode(Samples.rated());
        byte[] again =
                Codecs.settle(new SchemaRegistry(apicurio.ccompatUrl())).rated().encode(Samples.rated());

        assertThat(again).isEqualTo(before);
    }

    @Test
    void anIdThatIsNotThereIsUnknownAndNotAnOutage() {
        assertThatThrownBy(() -> new SchemaRegistry(apicurio.ccompatUrl()).schemaOf(987_654))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.unknownSchema())
                        .isTrue());
    }

    @Test
    void aSchemaComesBackAsItWasRegistered() {
        SchemaRegistry registry = new SchemaRegistry(apicurio.ccompatUrl());
        int id = registry.idFor(Topics.USAGE_STATS.subject(), Topics.USAGE_STATS.value());

        Schema returned = new SchemaRegistry(apicurio.ccompatUrl()).schemaOf(id);

        assertThat(returned).isEqualTo(Topics.USAGE_STATS.value());
    }

    private static Map<String, Object> settings(String specific) {
        return Map.of(
                "apicurio.registry.url",
                apicurio.url() + "/apis/registry/v3",
                "apicurio.registry.use-specific-avro-reader",
                specific,
                // Writers take the schema that is registered; ours is, by the services.
                "apicurio.registry.find-latest",
                "true");
    }
}
