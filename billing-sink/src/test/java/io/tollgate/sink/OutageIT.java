package io.tollgate.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.RatedUsage;
import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.topic.Topics;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** Whatever dies or comes twice: every record is in the books, once. */
class OutageIT {
    private static final SinkStack STACK = SinkStack.shared();
    private static final int RECORDS = 20_000;

    private static void send(String company, int from, int to) {
        for (int i = from; i < to; i++) {
            RatedUsage rated = Records.rated(company, "req-" + i, "0.001");
            STACK.send(
                    Topics.USAGE_RATED,
                    EventHash.of(company, rated.getSource(), rated.getId()),
                    STACK.codecs.rated().encode(rated));
        }
        STACK.flush();
    }

    private static String rows(String schema, String company) {
        return "SELECT count(*) || ' ' || count(DISTINCT event_id) || ' ' || sum(cost) FROM " + schema
                + ".cost_calculations WHERE company = '" + company + "'";
    }

    private static Status status(ConfigurableApplicationContext sink) {
        return sink.getBean(SinkHealthIndicator.class).health().getStatus();
    }

    private static void await(ConfigurableApplicationContext sink, Status status) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(status(sink))
                .isEqualTo(status));
    }

    @Test
    void aPostgresThatIsKilledAndComesBackHasEverythingOnce() {
        try (ConfigurableApplicationContext sink = STACK.startOwner("outage", "--tollgate.batch=500")) {
            await(sink, Status.UP);
            send("killed", 0, RECORDS / 4);
            STACK.postgres.kill();
            send("killed", RECORDS / 4, RECORDS / 2);
            await(sink, Status.DOWN);
            STACK.postgres.restart();
            send("killed", RECORDS / 2, RECORDS);

            STACK.awaitQuery(rows("outage", "killed"), RECORDS + " " + RECORDS + " 20.000");
            await(sink, Status.UP);
            // In the middle of the backlog once more, so that a commit is cut off.
            send("killed-again", 0, RECORDS / 2);
            STACK.postgres.kill();
            send("killed-again", RECORDS / 2, RECORDS);
            STACK.postgres.restart();
            STACK.awaitQuery(rows("outage", "killed-again"), RECORDS + " " + RECORDS + " 20.000");
        }
    }

    @Test
    void aSinkThatStartsBeforePostgresIsUpWaitsForIt() {
        STACK.postgres.kill();
        try (ConfigurableApplicationContext sink = STACK.startOwner("early")) {
            assertThat(status(sink)).isEqualTo(Status.DOWN);
            send("early", 0, 100);
            STACK.postgres.restart();
            await(sink, Status.UP);
            STACK.awaitQuery(rows("early", "early"), "100 100 0.100");
        }
    }

    @Test
    void aPasswordThatIsWrongIsSaidInOneSentence() {
        try (ConfigurableApplicationContext sink =
                STACK.startOwner("locked_out", "--tollgate.postgres-password=not-it")) {
            String said = "FATAL: password authentication failed for user \"" + STACK.postgres.user() + "\"";
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            sink.getBean(SinkHealthIndicator.class).health().getDetails())
                    .containsEntry("sink", "waits: " + said)
                    .containsEntry("database", said));
        }
    }

    @Test
    void aRegistryThatIsAwayIsSaidWithoutTheNamesOfClasses() {
        try (ConfigurableApplicationContext sink =
                STACK.startOwner("unregistered", "--tollgate.registry=http://127.0.0.1:1/apis/ccompat/v7")) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            sink.getBean(SinkHealthIndicator.class).health().getDetails())
                    .hasEntrySatisfying("sink", said -> assertThat(said.toString())
                            .startsWith("waits: could not register the schema of ")
                            .contains("http://127.0.0.1:1/apis/ccompat/v7")));
        }
    }

    @Test
    void sinksThatComeAndGoWriteEveryRecordOnce() {
        try (ConfigurableApplicationContext first = STACK.startOwner("shared", "--tollgate.batch=200")) {
            await(first, Status.UP);
            send("rebalanced", 0, RECORDS / 4);
            try (ConfigurableApplicationContext second = STACK.startOwner("shared", "--tollgate.batch=300")) {
                send("rebalanced", RECORDS / 4, RECORDS / 2);
                await(second, Status.UP);
                send("rebalanced", RECORDS / 2, RECORDS * 3 / 4);
            }
            send("rebalanced", RECORDS * 3 / 4, RECORDS);
            STACK.awaitQuery(rows("shared", "rebalanced"), RECORDS + " " + RECORDS + " 20.000");
        }
    }

    @Test
    void twoGroupsOnTheSameBooksAreFencedByTheProgress() {
        try (ConfigurableApplicationContext one = STACK.startOwner("fenced", "--tollgate.batch=200");
                ConfigurableApplicationContext other =
                        STACK.startOwner("fenced", "--tollgate.batch=300", "--tollgate.group=not-the-same")) {
            await(one, Status.UP);
            await(other, Status.UP);
            send("fenced", 0, RECORDS);

            STACK.awaitQuery(rows("fenced", "fenced"), RECORDS + " " + RECORDS + " 20.000");
            assertThat(STACK.query("SELECT sum(next_offset) >= " + RECORDS
                            + " FROM fenced.sink_progress WHERE topic = 'usage.rated'"))
                    .isEqualTo("t");
        }
    }
}
