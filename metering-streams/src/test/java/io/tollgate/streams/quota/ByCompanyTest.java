package io.tollgate.streams.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.quota.StateName;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class ByCompanyTest {
    @Test
    void aStateLiesWhereTheProducerPutsWhatIsKeyedByItsCompany() {
        for (int i = 0; i < 100; i++) {
            String company = "company-" + i;
            byte[] partialsKey = company.getBytes(StandardCharsets.UTF_8);
            byte[] key = new StateName(company, "q" + i, "user", null).bytes();

            assertThat(new ByCompany().partitions("quota.states", key, new byte[0], 48))
                    .contains(Set.of(BuiltInPartitioner.partitionForKey(partialsKey, 48)));
        }
    }
}
