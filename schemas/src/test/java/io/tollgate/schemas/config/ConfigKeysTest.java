package io.tollgate.schemas.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.avro.Company;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigKeysTest {
    static List<Topic> configuration() {
        return Topics.ALL.stream()
                .filter(topic -> topic.name().startsWith("config.") || topic.equals(Topics.JOBS_PROGRESS))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("configuration")
    void eachRecordOfConfigurationHasOne(Topic topic) throws ReflectiveOperationException {
        SpecificRecord empty = Class.forName(topic.value().getFullName())
                .asSubclass(SpecificRecord.class)
                .getConstructor()
                .newInstance();
        topic.value().getFields().stream()
                .filter(field -> field.schema().getType().equals(Schema.Type.STRING))
                .forEach(field -> empty.put(field.pos(), "acme"));

        assertThat(ConfigKeys.of(empty)).isNotEmpty();
    }

    @Test
    void itIsTheIdOfWhatHasOne() {
        Company company = new Company();
        company.setId("acme");

        assertThat(ConfigKeys.of(company)).isEqualTo("acme".getBytes(UTF_8));
    }

    @Test
    void whatIsNoConfigurationHasNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfigKeys.of(new ExactDecimal()))
                .withMessageContaining("ExactDecimal");
    }
}
