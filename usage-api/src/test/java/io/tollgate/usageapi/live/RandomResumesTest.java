package io.tollgate.usageapi.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.RatedUsage;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.RowKind;
import io.tollgate.avro.SubmissionKind;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import tools.jackson.databind.JsonNode;

/**
 * Random records in random partitions, read at their own pace by two instances that are restarted now and then, and readers
 * who are cut off anywhere, also within an event, and come back to either with a filter of their own: what each was
 * told adds up to the records, and each quota state and alert was told once and in order.
 */
class RandomResumesTest {
    private static final long[] TOPICS = {11, 12, 13};
    private static final List<String> COMPANIES = List.of("acme", "beta", "gamma");
    private static final List<String> MODELS = List.of("gpt-4o", "claude");
    private static final int ROUNDS = 400;

    /** One record of a topic. */
    private record Written(Source source, String company, String model, long number) {}

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<Source, List<List<Written>>> topics = new HashMap<>();
    private int partitions = 2;
    private long written;

    RandomResumesTest() {
        for (Source source : Source.ALL) {
            topics.put(source, new ArrayList<>(List.of(new ArrayList<>(), new ArrayList<>())));
        }
    }

    @RepeatedTest(20)
    void whatEachReaderWasToldAddsUpToTheRecords() {
        List<Instance> instances = List.of(new Instance(), new Instance());
        List<Reader> readers = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            write(random.nextInt(6));
            Instance instance = instances.get(random.nextInt(2));
            instance.readOn(random.nextInt(8));
            if (random.nextInt(60) == 0) {
                instance.restart();
                readers.forEach(reader -> reader.leave(instance));
            }
            if (random.nextInt(150) == 0) {
                grow();
            }
            if (readers.size() < 6) {
                readers.add(new Reader(question()));
            }
            for (Reader reader : readers) {
                reader.goOn(instances.get(random.nextInt(2)));
            }
        }
        for (Reader reader : readers) {
            Instance last = instances.get(random.nextInt(2));
            reader.leave(null);
            last.readOn(Integer.MAX_VALUE);
            reader.readAll(last);
            assertThat(reader.sums).as("seed %d", seed).isEqualTo(expected(reader));
            assertThat(reader.notices).as("seed %d", seed).isEqualTo(notices(reader));
        }
    }

    private List<List<Written>> records(Source source) {
        return Objects.requireNonNull(topics.get(source));
    }

    private LiveQuestion question() {
        String company = random.nextBoolean() ? null : COMPANIES.get(random.nextInt(3));
        return new LiveQuestion(
                company, null, null, null, random.nextInt(3) > 0 ? null : MODELS.get(random.nextInt(2)));
    }

    private void write(int records) {
        for (int i = 0; i < records; i++) {
            int company = random.nextInt(3);
            Source source = Source.ALL.get(random.nextInt(3));
            // What is told of a company in order is in one partition.
            int partition = source == Source.USAGE ? random.nextInt(partitions) : company % 2;
            written++;
            records(source)
                    .get(partition)
                    .add(new Written(source, COMPANIES.get(company), MODELS.get(random.nextInt(2)), written));
        }
    }

    private void grow() {
        partitions++;
        records(Source.USAGE).add(new ArrayList<>());
    }

    private Position ends() {
        long[][] next = new long[3][];
        for (Source source : Source.ALL) {
            next[source.place()] =
                    records(source).stream().mapToLong(List::size).toArray();
        }
        return Position.of(TOPICS, next);
    }

    /** By model, of the records behind where the reader began. */
    private Map<String, Decimal> expected(Reader reader) {
        Map<String, Decimal> sums = new TreeMap<>();
        List<List<Written>> usage = records(Source.USAGE);
        for (int partition = 0; partition < usage.size(); partition++) {
            List<Written> records = usage.get(partition);
            for (long offset = reader.began().at(Source.USAGE, partition); offset < records.size(); offset++) {
                Written one = records.get((int) offset);
                if (reader.question.wants(key(one))) {
                    sums.merge(one.company + " " + one.model, cost(one), Decimal::plus);
                }
            }
        }
        return sums;
    }

    private Map<String, List<Long>> notices(Reader reader) {
        Map<String, List<Long>> expected = new TreeMap<>();
        for (Source source : List.of(Source.QUOTA, Source.ALERT)) {
            List<List<Written>> told = records(source);
            for (int partition = 0; partition < told.size(); partition++) {
                List<Written> records = told.get(partition);
                for (long offset = reader.began().at(source, partition); offset < records.size(); offset++) {
                    Written one = records.get((int) offset);
                    if (reader.question.company() == null || one.company().equals(reader.question.company())) {
                        expected.computeIfAbsent(source + " " + one.company, none -> new ArrayList<>())
                                .add(one.number);
                    }
                }
            }
        }
        return expected;
    }

    private static UsageKey key(Written one) {
        return new UsageKey(one.company, null, null, "p", one.model, "USD");
    }

    private static Decimal cost(Written one) {
        return Decimal.of(one.number % 7 == 0 ? -one.number : one.number, 3);
    }

    /** A service that reads at its own pace and cuts its own frames. */
    private final class Instance {
        private Ring ring = ring();
        private FrameBuilder builder = new FrameBuilder(ends());
        private Position at = builder.start();

        Instance() {
            restart();
        }

        private Ring ring() {
            return new Ring(Duration.ofHours(1), Long.MAX_VALUE);
        }

        /** It begins anew a while back, not where it was. */
        void restart() {
            long[][] next = new long[3][];
            for (Source source : Source.ALL) {
                next[source.place()] = new long[records(source).size()];
            }
            at = Position.of(TOPICS, next);
            ring = ring();
            ring.open(at, ends());
            builder = new FrameBuilder(at);
        }

        void readOn(int batches) {
            for (int i = 0; i < batches && !at.covers(ends()); i++) {
                Source source = Source.ALL.get(random.nextInt(3));
                List<List<Written>> all = records(source);
                int partition = random.nextInt(all.size());
                long offset = at.at(source, partition);
                List<Written> records = all.get(partition);
                for (int n = random.nextInt(5); n > 0 && offset < records.size(); n--, offset++) {
                    add(records.get((int) offset), partition, offset);
                }
                at = at.with(source, partition, offset);
                if (random.nextInt(3) == 0) {
                    ring.add(builder.cut(at), 0);
                }
            }
            if (batches == Integer.MAX_VALUE) {
                ring.add(builder.cut(at), 0);
            }
        }

        private void add(Written one, int partition, long offset) {
            if (one.source == Source.USAGE) {
                builder.add(usage(one), partition, offset, 0);
            } else {
                String json = "{\"company\":\"" + one.company + "\",\"n\":" + one.number + "}";
                builder.add(
                        new Notice(
                                one.source,
                                partition,
                                offset,
                                one.source == Source.QUOTA ? "quota" : "alert",
                                one.company,
                                null,
                                null,
                                json),
                        0);
            }
        }
    }

    private final class Reader {
        private final LiveQuestion question;
        private final Map<String, Decimal> sums = new TreeMap<>();
        private final Map<String, List<Long>> notices = new TreeMap<>();
        private @Nullable Position began;
        private @Nullable String lastId;
        private @Nullable Instance instance;
        private @Nullable Cursor cursor;

        Reader(LiveQuestion question) {
            this.question = question;
        }

        Position began() {
            return began == null ? ends() : began;
        }

        /** Leaves an instance that is restarted; null: any. */
        void leave(@Nullable Instance restarted) {
            if (restarted == null || restarted == instance) {
                cursor = null;
            }
        }

        void goOn(Instance next) {
            if (random.nextInt(8) == 0) {
                cursor = null;
            }
            if (cursor == null) {
                if (random.nextInt(3) > 0) {
                    return;
                }
                connect(next);
            }
            EventStream stream = new EventStream();
            List<byte[]> told = cursor == null ? List.of() : cursor.take(random.nextInt(2_000) + 1);
            // Cut off in the middle of what was on its way, or not.
            int total = told.stream().mapToInt(text -> text.length).sum();
            boolean isCut = random.nextInt(6) == 0;
            int left = isCut ? random.nextInt(total + 1) : total;
            for (byte[] text : told) {
                stream.read(java.util.Arrays.copyOf(text, Math.min(left, text.length)));
                left = Math.max(0, left - text.length);
            }
            if (isCut) {
                cursor = null;
            }
            take(stream);
        }

        void readAll(Instance last) {
            connect(last);
            while (cursor != null && (began == null || !cursor.isAtEnd())) {
                EventStream stream = new EventStream();
                cursor.take(1_000).forEach(stream::read);
                take(stream);
            }
        }

        private void connect(Instance next) {
            instance = next;
            cursor = new Cursor(next.ring, question, lastId == null ? null : PositionText.parse(lastId));
        }

        private void take(EventStream stream) {
            if (stream.lastId() != null) {
                lastId = stream.lastId();
                if (began == null) {
                    began = firstId(stream);
                }
            }
            for (EventStream.Event event : stream.events()) {
                assertThat(event.name()).as("seed %d", seed).isIn("usage", "quota", "alert");
                if (event.name().equals("usage")) {
                    for (JsonNode row : event.data().path("rows")) {
                        sums.merge(
                                row.path("company").asString() + " "
                                        + row.path("model").asString(),
                                Decimal.parse(row.path("cost").asString()),
                                Decimal::plus);
                    }
                } else {
                    notices.computeIfAbsent(
                                    (event.name().equals("quota") ? Source.QUOTA : Source.ALERT) + " "
                                            + event.data().path("company").asString(),
                                    none -> new ArrayList<>())
                            .add(event.data().path("n").asLong());
                }
            }
        }

        /** The one without an event that a stream begins with. */
        private Position firstId(EventStream stream) {
            return PositionText.parse(String.valueOf(stream.firstId()));
        }
    }

    static RatedUsage usage(String company, String model, Decimal cost) {
        return RatedUsage.newBuilder()
                .setCompany(company)
                .setSource("s")
                .setId("e")
                .setSequence(0)
                .setKind(RowKind.USAGE)
                .setCause(SubmissionKind.USAGE)
                .setState(RatingState.RATED)
                .setRequests(1)
                .setEventTime(0L)
                .setBookedAt(0L)
                .setEventsPartition(0)
                .setEventsOffset(0L)
                .setProvider("p")
                .setModel(model)
                .setLines(List.of())
                .setTokens(Decimals.toAvro(Decimal.ONE))
                .setCost(Decimals.toAvro(cost))
                .setListCost(Decimals.toAvro(cost))
                .setCurrency("USD")
                .build();
    }

    private static RatedUsage usage(Written one) {
        return usage(one.company, one.model, cost(one));
    }
}
