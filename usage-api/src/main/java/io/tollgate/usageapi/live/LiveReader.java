package io.tollgate.usageapi.live;

import io.tollgate.avro.Alert;
import io.tollgate.avro.QuotaState;
import io.tollgate.avro.RatedUsage;
import io.tollgate.quota.StateName;
import io.tollgate.schemas.background.Background;
import io.tollgate.schemas.kafka.FailureText;
import io.tollgate.schemas.kafka.GrouplessConsumer;
import io.tollgate.schemas.kafka.KafkaCluster;
import io.tollgate.schemas.serde.AvroCodec;
import io.tollgate.schemas.serde.RegistryException;
import io.tollgate.schemas.serde.SchemaIds;
import io.tollgate.schemas.serde.UnreadableRecordException;
import io.tollgate.schemas.topic.Topics;
import io.tollgate.usageapi.settings.UsageApiSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tails the topics with one consumer without a group, for all streams of the instance, and cuts what it reads into frames.
 * It begins as far back as somebody may have been away, so that who was told by another instance, or before a restart,
 * finds what they missed. Only committed records are read, each once: after a failure it goes on where it was.
 */
final class LiveReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveReader.class);

    static final Duration FRAME = Duration.ofMillis(250);
    /** More at once, as it is met when it starts or comes back, would be one long stutter to who reads along. */
    private static final int MOST_RECORDS = 5_000;

    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    private static final Duration ASKED_EVERY = Duration.ofSeconds(2);
    /** How often the topics are looked at: they may have grown, or been made again. */
    static final Duration LOOK = Duration.ofSeconds(20);

    private static final Map<String, Object> SETTINGS = Map.of(
            // What is gone must be noticed, and not be skipped.
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final KafkaCluster kafka;
    private final UsageApiSettings.Live settings;
    private final Duration look;
    private final Notices notices;
    private final Listener listener;
    private final AvroCodec<RatedUsage> usage;
    private final AvroCodec<QuotaState> states;
    private final AvroCodec<Alert> alerts;
    private final Background background = new Background("live reader", this::run);
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private @Nullable FrameBuilder builder;
    private boolean areRecordsGone;
    private boolean warned;

    LiveReader(
            KafkaCluster kafka,
            SchemaIds ids,
            UsageApiSettings.Live settings,
            Duration look,
            Notices notices,
            Listener listener) {
        this.kafka = kafka;
        this.settings = settings;
        this.look = look;
        this.notices = notices;
        this.listener = listener;
        this.usage = AvroCodec.reading(Topics.USAGE_RATED, ids);
        this.states = AvroCodec.reading(Topics.QUOTA_STATES, ids);
        this.alerts = AvroCodec.reading(Topics.COST_ALERTS, ids);
    }

    void start() {
        background.start();
    }

    @Override
    public void close() {
        background.end();
        Consumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        background.await(CLOSE);
    }

    private void run() {
        while (background.isOpen()) {
            try (LiveTopics topics = new LiveTopics(kafka, ANSWERED_WITHIN);
                    Consumer<byte[], byte[]> opened = new GrouplessConsumer(kafka, SETTINGS)) {
                consumer = opened;
                follow(topics, opened);
            } catch (WakeupException | InterruptException e) {
                LOG.debug("woken to close");
            } catch (OffsetOutOfRangeException e) {
                LOG.warn("records were gone before they could be told: {}", FailureText.of(e));
                areRecordsGone = true;
            } catch (KafkaException e) {
                warn(FailureText.of(e));
                listener.away();
                pause();
            } catch (RuntimeException e) {
                // To go on without it would be to stand still in silence.
                LOG.error("what happens can't be told, trying again", e);
                listener.away();
                pause();
            } finally {
                consumer = null;
            }
        }
    }

    private void follow(LiveTopics topics, Consumer<byte[], byte[]> in) {
        LiveTopics.Found found = topics.find();
        if (found == null) {
            warn("the topics are not there yet");
            listener.away();
            pause();
            return;
        }
        List<TopicPartition> partitions = found.partitions();
        in.assign(partitions);
        FrameBuilder frames = begin(in, found);
        builder = frames;
        long cutAt = System.nanoTime();
        long askAt = cutAt;
        long lookAt = cutAt + look.toNanos();
        while (background.isOpen()) {
            boolean allTaken = takeAll(in.poll(frames.size() == 0 ? IDLE_POLL : left(cutAt)), in, frames);
            long now = System.nanoTime();
            if (frames.size() >= MOST_RECORDS || now - cutAt >= 0) {
                cut(frames, position(in, found));
                cutAt = now + FRAME.toNanos();
            }
            if (now - askAt >= 0) {
                ask(in, partitions);
                askAt = System.nanoTime() + ASKED_EVERY.toNanos();
            }
            if (now - lookAt >= 0) {
                if (!found.equals(topics.find())) {
                    LOG.info("the topics have changed");
                    cut(frames, position(in, found));
                    return;
                }
                lookAt = System.nanoTime() + look.toNanos();
            }
            if (!allTaken) {
                listener.away();
                pause();
            }
        }
    }

    /** Goes to where it was; at first to as far back as is kept. */
    private FrameBuilder begin(Consumer<byte[], byte[]> in, LiveTopics.Found found) {
        List<TopicPartition> partitions = found.partitions();
        Map<TopicPartition, Long> ends = in.endOffsets(partitions, ANSWERED_WITHIN);
        FrameBuilder before = builder;
        if (before == null) {
            Position start = found.position(since(in, partitions, ends));
            seek(in, partitions, start);
            listener.opened(start, found.position(ends));
            return new FrameBuilder(start);
        }
        boolean areOthers = !found.isOf(before.start());
        if (areOthers || areRecordsGone) {
            Position start = found.position(ends);
            seek(in, partitions, start);
            areRecordsGone = false;
            listener.read(new Gap(areOthers ? Reset.OTHER_TOPICS : Reset.RECORDS_GONE, start));
            return new FrameBuilder(start);
        }
        // What has been added to the frame is read again: it was cut at the end of another.
        FrameBuilder frames = new FrameBuilder(before.start());
        seek(in, partitions, before.start());
        return frames;
    }

    private Map<TopicPartition, Long> since(
            Consumer<byte[], byte[]> in, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        long time = System.currentTimeMillis() - settings.kept().toMillis();
        // What would not be kept need not be read.
        long most = settings.memory().toBytes() / Increment.WEIGHT / partitions.size();
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, time));
        Map<TopicPartition, Long> starts = new HashMap<>(ends);
        Map<TopicPartition, OffsetAndTimestamp> firsts = in.offsetsForTimes(times, ANSWERED_WITHIN);
        firsts.forEach((partition, first) -> {
            if (first != null) {
                starts.computeIfPresent(partition, (same, end) -> Math.min(end, Math.max(first.offset(), end - most)));
            }
        });
        return starts;
    }

    private static void seek(Consumer<byte[], byte[]> in, List<TopicPartition> partitions, Position to) {
        for (TopicPartition partition : partitions) {
            in.seek(partition, to.at(LiveTopics.source(partition), partition.partition()));
        }
    }

    private void cut(FrameBuilder frames, Position end) {
        if (!end.equals(frames.start())) {
            listener.read(frames.cut(end));
        }
    }

    private static Position position(Consumer<byte[], byte[]> in, LiveTopics.Found found) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        found.partitions().forEach(partition -> offsets.put(partition, in.position(partition, ANSWERED_WITHIN)));
        return found.position(offsets);
    }

    /** A consumer does not say that nobody answers it: it only brings nothing. */
    private void ask(Consumer<byte[], byte[]> in, List<TopicPartition> partitions) {
        try {
            var unused = in.endOffsets(partitions, ANSWERED_WITHIN);
            warned = false;
            listener.back();
        } catch (TimeoutException e) {
            warn(FailureText.of(e));
            listener.away();
        }
    }

    /** False where the registry did not answer: the position is back at the record that needs it. */
    private boolean takeAll(ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> in, FrameBuilder frames) {
        boolean allTaken = true;
        for (TopicPartition partition : records.partitions()) {
            Source source = LiveTopics.source(partition);
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                try {
                    take(source, record, frames);
                } catch (RegistryException e) {
                    warn("waiting for the registry: " + e.getMessage());
                    in.seek(partition, record.offset());
                    allTaken = false;
                    break;
                } catch (UnreadableRecordException e) {
                    LOG.error("{}: record {} can't be read and is not told", partition, record.offset(), e);
                }
            }
        }
        return allTaken;
    }

    private void take(Source source, ConsumerRecord<byte[], byte[]> record, FrameBuilder frames) {
        byte[] value = record.value();
        int partition = record.partition();
        long offset = record.offset();
        if (source == Source.USAGE && value != null) {
            frames.add(usage.decode(value), partition, offset, record.timestamp());
        } else if (source == Source.ALERT && value != null) {
            frames.add(notices.of(alerts.decode(value), partition, offset), record.timestamp());
        } else if (source == Source.QUOTA && value != null) {
            frames.add(notices.of(states.decode(value), partition, offset), record.timestamp());
        } else if (source == Source.QUOTA) {
            StateName name = record.key() == null ? null : StateName.ofKey(record.key());
            if (name != null) {
                frames.add(notices.removed(name, partition, offset), record.timestamp());
            }
        }
    }

    private static Duration left(long at) {
        return Duration.ofNanos(Math.max(0, at - System.nanoTime()));
    }

    private void warn(String what) {
        if (!warned) {
            LOG.warn("what happens can't be told for now: {}", what);
            warned = true;
        }
    }

    private void pause() {
        boolean ignored = background.pause(RETRY);
    }
}
