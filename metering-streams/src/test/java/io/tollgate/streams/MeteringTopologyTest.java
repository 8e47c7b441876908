package io.tollgate.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.RatedUsage;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.FixedSchemaIds;
import org.junit.jupiter.api.Test;

class MeteringTopologyTest {
    @Test
    void roundTrip() {
        Codecs codecs = Codecs.settle(new FixedSchemaIds());
        byte[] b = codecs.events().encode(Given.usage("a", 1, 2));
        assertThat(codecs.events().decode(b)).isEqualTo(Given.usage("a", 1, 2));
        assertThat(RatedUsage.getClassSchema()).isNotNull();
    }
}
