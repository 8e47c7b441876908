package io.tollgate.bench.process;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.Company;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.avro.Quota;
import io.tollgate.bench.load.UsageLoad;
import io.tollgate.bench.process.EventTopic.Message;
import io.tollgate.schemas.PriceKey;
import io.tollgate.schemas.config.ApiKeys;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.Topic;
import io.tollgate.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Configuration written straight to its topics, before a gateway starts. */
public final class Accounts {
    private final String kafka;
    private final Codecs codecs;

    public Accounts(Endpoints at) {
        this.kafka = at.kafka();
        this.codecs = Codecs.settle(new SchemaRegistry(at.registry()));
    }

    /** A company with one key. */
    public void open(String company, String authId, String secret, String... scopes) throws Exception {
        Company account = new Company(company, company, "USD", "UTC", Map.of(), 1L, 0L, 0L);
        send(Topics.CONFIG_COMPANIES, bytes(company), codecs.companies().encode(account));
        ApiKey key = ApiKey.newBuilder()
                .setId(authId)
                .setCompany(company)
                .setName("bench")
                .setPrefix(secret.substring(0, 8))
                .setSecretSha256(ByteBuffer.wrap(ApiKeys.hash(secret)))
                .setScopes(List.of(scopes))
                .setVersion(1)
                .setCreatedAt(0)
                .setUpdatedAt(0)
                .build();
        send(Topics.CONFIG_KEYS, bytes(authId), codecs.keys().encode(key));
    }

    /** The first companies of a {@link UsageLoad}, each with a key that may send. */
    public void openSenders(int companies) throws Exception {
        for (int i = 0; i < companies; i++) {
            open(UsageLoad.company(i), UsageLoad.authId(i), UsageLoad.secret(i), "ingest");
        }
    }

    public void limit(Quota quota) throws Exception {
        broadcast(Topics.CONFIG_QUOTAS, bytes(quota.getId()), codecs.quotas().encode(quota));
    }

    public void price(PriceTimeline timeline) throws Exception {
        broadcast(Topics.CONFIG_PRICES, PriceKey.of(timeline), codecs.prices().encode(timeline));
    }

    private void send(Topic topic, byte[] key, byte[] value) {
        try (EventTopic config = new EventTopic(kafka, topic.name())) {
            config.fill(1, () -> new Message(key, value));
        }
    }

    private void broadcast(Topic topic, byte[] key, byte[] value) throws Exception {
        try (EventTopic config = new EventTopic(kafka, topic.name())) {
            config.broadcast(new Message(key, value));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
