package io.tollgate.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tollgate.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class TopicSetupIT {
    private static final ConfigResource EVENTS = new ConfigResource(ConfigResource.Type.TOPIC, "usage.events");
    private static final short ONE_COPY = 1;

    private static EmbeddedKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start(@TempDir Path folder) {
        kafka = EmbeddedKafka.start(folder);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @AfterEach
    void removeTopics() throws Exception {
        Set<String> names = admin.listTopics().names().get();
        admin.deleteTopics(names).all().get();
        await().until(() -> admin.listTopics().names().get().isEmpty());
    }

    @Test
    void everyTopicIsMadeWithItsSettings() throws Exception {
        new TopicSetup(admin, 4, ONE_COPY).run();

        assertThat(partitionsOf("usage.events")).isEqualTo(4);
        assertThat(partitionsOf("config.prices")).isEqualTo(4);
        assertThat(partitionsOf("config.keys")).isEqualTo(1);
        assertThat(settingOf("message.timestamp.type")).isEqualTo("LogAppendTime");
        assertThat(settingOf("retention.ms")).isEqualTo("1209600000");
    }

    @Test
    void severalMayRunItAtOnceAndAgain() throws Exception {
        CompletableFuture<?>[] runs = new CompletableFuture<?>[4];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = CompletableFuture.runAsync(() -> new TopicSetup(admin, 4, ONE_COPY).run());
        }
        CompletableFuture.allOf(runs).get();
        new TopicSetup(admin, 4, ONE_COPY).run();

        assertThat(admin.listTopics().names().get())
                .containsAll(Topics.ALL.stream().map(Topic::name).toList());
    }

    @Test
    void aSettingThatSomebodyChangedIsSetBack() throws Exception {
        new TopicSetup(admin, 4, ONE_COPY).run();
        admin.incrementalAlterConfigs(Map.of(
                        EVENTS,
                        List.of(new AlterConfigOp(
                                new ConfigEntry("message.timestamp.type", "CreateTime"), AlterConfigOp.OpType.SET))))
                .all()
                .get();

        new TopicSetup(admin, 4, ONE_COPY).run();

        assertThat(settingOf("message.timestamp.type")).isEqualTo("LogAppendTime");
    }

    @Test
    void aPartitionCountIsChosenOnce() throws Exception {
        new TopicSetup(admin, 4, ONE_COPY).run();

        List<String> said = saidBy(() -> {
            TopicSetup other = new TopicSetup(admin, 48, ONE_COPY);
            other.run();
            other.run();
        });

        assertThat(partitionsOf("usage.events")).isEqualTo(4);
        assertThat(said)
                .containsExactly("WARN usage.events has 4 partitions; the setting 48 is ignored: it is chosen once");
    }

    @Test
    void aSettingThatIsAlreadySoIsNoNews() {
        new TopicSetup(admin, 4, ONE_COPY).run();

        assertThat(saidBy(() -> new TopicSetup(admin, 4, ONE_COPY).run())).isEmpty();
    }

    private static List<String> saidBy(Runnable work) {
        Logger logger = (Logger) LoggerFactory.getLogger(TopicSetup.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            work.run();
        } finally {
            logger.detachAppender(lines);
        }
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }

    @Test
    void aTopicThatDoesNotFitTheOthersStopsTheStart() throws Exception {
        admin.createTopics(List.of(new NewTopic("config.prices", 2, ONE_COPY)))
                .all()
                .get();

        assertThatThrownBy(() -> new TopicSetup(admin, 4, ONE_COPY).run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("config.prices has 2 partitions and needs 4");
    }

    private static int partitionsOf(String topic) throws ExecutionException, InterruptedException {
        TopicDescription description =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        return description == null ? 0 : description.partitions().size();
    }

    private static String settingOf(String name) throws ExecutionException, InterruptedException {
        Config settings = admin.describeConfigs(List.of(EVENTS)).all().get().get(EVENTS);
        return Objects.requireNonNull(settings).get(name).value();
    }
}
