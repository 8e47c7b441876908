package io.tollgate.gateway.backbone;

import io.tollgate.schemas.background.Background;
import io.tollgate.schemas.kafka.FailureText;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.RegistryException;
import io.tollgate.schemas.serde.SchemaRegistry;
import io.tollgate.schemas.topic.TopicSetup;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the {@link Backbone} up and keeps trying while Kafka or the registry are not there. The gateway runs meanwhile
 * and says that it is not ready.
 */
public final class Connector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(15);

    private final BackboneSettings settings;
    private final Consumer<Backbone> firstOfAll;
    private final Background background = new Background("connector", this::run);
    private volatile @Nullable Backbone backbone;
    private volatile String waitsFor = "not tried yet";

    /** @param firstOfAll done once Kafka answers and before anybody meets the backbone; where it fails, all of it is tried again */
    public Connector(BackboneSettings settings, Consumer<Backbone> firstOfAll) {
        this.settings = settings;
        this.firstOfAll = firstOfAll;
    }

    public void start() {
        background.start();
    }

    /** Null until Kafka and the registry have answered once. */
    public @Nullable Backbone backbone() {
        return backbone;
    }

    /** What the backbone lacks while there is none, and why, for people. */
    String waitsFor() {
        return waitsFor;
    }

    @Override
    public void close() {
        background.interrupt();
        background.await(CLOSE);
        Backbone made = backbone;
        if (made != null) {
            made.close();
        }
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        do {
            try {
                backbone = prepared(connected());
                LOG.info("connected to Kafka at {} and the registry at {}", settings.kafka(), settings.registry());
                return;
            } catch (KafkaException | RegistryException | IllegalStateException e) {
                waitsFor = whose(e) + FailureText.of(e);
                if (background.isOpen()) {
                    LOG.warn("not connected, next attempt in {} ms: {}", pause.toMillis(), waitsFor);
                }
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        } while (background.pause(pause));
    }

    private String whose(RuntimeException failure) {
        return failure instanceof KafkaException ? "Kafka at " + settings.kafka() + ": " : "";
    }

    private Backbone prepared(Backbone made) {
        try {
            firstOfAll.accept(made);
            return made;
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private Backbone connected() {
        Admin admin = Admin.create(adminSettings());
        try {
            new TopicSetup(admin, settings.partitions(), settings.replication()).run();
            return new Backbone(settings, admin, Codecs.settle(new SchemaRegistry(settings.registry())));
        } catch (RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    private Map<String, Object> adminSettings() {
        Map<String, Object> admin = settings.kafka().settings();
        admin.put(AdminClientConfig.CLIENT_ID_CONFIG, "tollgate-gateway");
        admin.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        admin.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        admin.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return admin;
    }
}
