package io.tollgate.chaos.fuzz.input;

import io.tollgate.schemas.EventHash;
import io.tollgate.schemas.PriceKey;
import io.tollgate.schemas.config.ConfigKeys;
import io.tollgate.schemas.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** What a stranger may write to topics. Of a company that nobody else uses, under ids that are each used once. */
public final class HostileRecords {
    /** Whose they are, as far as they say. */
    public static final String COMPANY = "stranger";

    private static final byte MAGIC = 0;
    private static final int HEADER = 1 + Integer.BYTES;
    private static final int LARGE_KEY = 300_000;
    private static final int LARGEST = 1_000_000;
    /** What compresses well may be larger than a broker takes: it looks at what comes, and readers unpack it. */
    private static final int BOMB = 4 << 20;

    /** Names of each kind of what services hold. */
    private static final int HELD = 32;

    /** Fields by which it is told apart. */
    private static final List<String> NAMING = List.of("id", "user", "quota", "key", "month", "provider", "model");

    private static final int MOST_PARTITIONS = 1 << 16;

    private final long seed;
    private final long now;
    private final List<Topic> topics;
    private final Map<String, Integer> schemaIds;

    /**
     * For these topics.
     *
     * @param now epoch µs
     * @param schemaIds of each topic's values, as the registry knows them
     */
    public HostileRecords(long seed, long now, List<Topic> topics, Map<String, Integer> schemaIds) {
        this.seed = seed;
        this.now = now;
        this.topics = List.copyOf(topics);
        this.schemaIds = Map.copyOf(schemaIds);
    }

    /** One of them: each topic in its turn. */
    public RecordInput input(long number) {
        Draw draw = Draw.of(seed, number);
        Topic topic = topics.get(Math.floorMod(number, topics.size()));
        Map<String, ?> names = names(topic, number);
        byte[] good = framed(idOf(topic), HostileAvro.of(draw, topic.value(), now, names));
        return switch (draw.below(16)) {
            case 0 -> bad(topic, draw, draw.bytes(draw.below(200)), "bytes", true);
            case 1 -> bad(topic, draw, Arrays.copyOf(good, draw.below(HEADER)), "no header", true);
            case 2 -> bad(topic, draw, Arrays.copyOf(good, HEADER + draw.below(good.length - HEADER)), "cut off", true);
            case 3 -> bad(topic, draw, withMagic(good, 1 + draw.below(255)), "unknown magic", true);
            case 4 -> bad(topic, draw, framed(unknownId(draw), rest(good)), "unknown schema", true);
            case 5 -> bad(topic, draw, framed(anotherId(draw), rest(good)), "another schema", false);
            case 6 -> bad(topic, draw, flipped(draw, good), "flipped bits", false);
            case 7 -> bad(topic, draw, lying(idOf(topic), draw), "lengths that lie", true);
            case 8 -> nothing(topic, draw);
            case 9 -> draw.oneIn(40) ? large(topic, draw, good) : record(topic, draw, names, good);
            default -> record(topic, draw, names, good);
        };
    }

    private int idOf(Topic topic) {
        return schemaIds.getOrDefault(topic.name(), 0);
    }

    /**
     * What lets a record be looked at more closely: a fresh name under a company that is nobody's. Of what services hold in
     * memory there are a few names, again and again: how much there is of it is the operator's.
     */
    private Map<String, ?> names(Topic topic, long number) {
        if (topic.name().startsWith("usage.")) {
            return Map.of("company", COMPANY, "source", "topic", "id", "record-" + number);
        }
        long pick = Math.floorMod(number / topics.size(), HELD);
        Draw ofName = Draw.of(seed, -pick);
        String name = ofName.oneIn(2) ? "record-" + pick : HostileText.of(ofName);
        Map<String, Object> names = new HashMap<>(Map.of("company", COMPANY, "number", pick));
        NAMING.forEach(field -> names.put(field, name));
        return names;
    }

    private RecordInput record(Topic topic, Draw draw, Map<String, ?> names, byte[] value) {
        byte[] key = draw.oneIn(4) ? key(topic, draw) : rightKey(topic, names);
        return new RecordInput(topic.name(), partition(draw), key, value, headers(draw), false, "absurd values");
    }

    private RecordInput bad(Topic topic, Draw draw, byte[] value, String what, boolean unreadable) {
        byte[] key = key(topic, draw);
        return new RecordInput(topic.name(), partition(draw), key, value, headers(draw), unreadable, what);
    }

    /** Where the last of a key holds, a record without a value takes the key out, and that is no harm. */
    private RecordInput nothing(Topic topic, Draw draw) {
        boolean isEvent = topic.name().startsWith("usage.") && topic.retention() != null;
        return draw.oneIn(2) && isEvent
                ? new RecordInput(topic.name(), partition(draw), key(topic, draw), null, List.of(), true, "no value")
                : bad(topic, draw, new byte[0], "an empty value", true);
    }

    /** As large as a broker takes, in all ways in which that can be. */
    private RecordInput large(Topic topic, Draw draw, byte[] good) {
        return switch (draw.below(3)) {
            case 0 -> {
                byte[] key = draw.bytes(LARGE_KEY);
                byte[] value = draw.bytes(LARGEST - LARGE_KEY);
                yield new RecordInput(topic.name(), partition(draw), key, value, List.of(), true, "a large key");
            }
            case 1 -> {
                byte[] value = Arrays.copyOf(good, BOMB);
                yield new RecordInput(
                        topic.name(), partition(draw), key(topic, draw), value, List.of(), false, "much behind it");
            }
            default -> {
                byte[] value = new byte[BOMB];
                Arrays.fill(value, (byte) 'z');
                yield new RecordInput(
                        topic.name(), partition(draw), key(topic, draw), value, List.of(), true, "a bomb");
            }
        };
    }

    private static int partition(Draw draw) {
        return draw.below(MOST_PARTITIONS);
    }

    private static byte[] rightKey(Topic topic, Map<String, ?> names) {
        String id = String.valueOf(names.get("id"));
        return switch (topic.name()) {
            case "usage.events" -> EventHash.of(COMPANY, "topic", id);
            case "config.prices" -> PriceKey.of(COMPANY, id, id);
            case "config.users" -> ConfigKeys.ofUser(COMPANY, id);
            case "config.versions" -> ConfigKeys.ofVersion((Long) Objects.requireNonNull(names.get("number")));
            default -> (topic.name().startsWith("usage.") ? COMPANY : id).getBytes(StandardCharsets.UTF_8);
        };
    }

    /** A compacted topic takes no record without a key. */
    private static byte @Nullable [] key(Topic topic, Draw draw) {
        return switch (draw.below(6)) {
            case 0 -> topic.retention() == null ? new byte[0] : null;
            case 1 -> new byte[0];
            case 2, 3 -> draw.bytes(16);
            case 4 -> HostileText.of(draw).getBytes(StandardCharsets.UTF_8);
            default -> draw.bytes(draw.below(100));
        };
    }

    private static List<Header> headers(Draw draw) {
        return switch (draw.below(6)) {
            case 0 ->
                List.of(
                        new RecordHeader("traceparent", HostileText.of(draw).getBytes(StandardCharsets.UTF_8)),
                        new RecordHeader("tracestate", draw.bytes(draw.below(600))));
            case 1 ->
                List.of(
                        new RecordHeader("traceparent", (byte[]) null),
                        new RecordHeader("", new byte[0]),
                        new RecordHeader("traceparent", draw.bytes(55)));
            default -> List.of();
        };
    }

    private static byte[] framed(int schemaId, byte[] avro) {
        return ByteBuffer.allocate(HEADER + avro.length)
                .put(MAGIC)
                .putInt(schemaId)
                .put(avro)
                .array();
    }

    private static byte[] rest(byte[] framed) {
        return Arrays.copyOfRange(framed, HEADER, framed.length);
    }

    private static byte[] withMagic(byte[] framed, int magic) {
        byte[] other = framed.clone();
        other[0] = (byte) magic;
        return other;
    }

    private static int unknownId(Draw draw) {
        return draw.one(List.of(0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_000_000 + draw.below(1_000)));
    }

    private int anotherId(Draw draw) {
        return draw.one(schemaIds.values().stream().sorted().toList());
    }

    private static byte[] flipped(Draw draw, byte[] good) {
        byte[] other = good.clone();
        for (int i = 0; i <= draw.below(8); i++) {
            other[HEADER + draw.below(other.length - HEADER)] ^= (byte) (1 << draw.below(8));
        }
        return other;
    }

    /** Says that a text or a list of two thousand million follows, and nothing does. */
    private static byte[] lying(int schemaId, Draw draw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long length = draw.one(List.of(16_000_000L, (long) Integer.MAX_VALUE, Long.MAX_VALUE, -1L, Long.MIN_VALUE));
        long zigzag = (length << 1) ^ (length >> 63);
        while ((zigzag & ~0x7FL) != 0) {
            out.write((int) ((zigzag & 0x7F) | 0x80));
            zigzag >>>= 7;
        }
        out.write((int) zigzag);
        return framed(schemaId, out.toByteArray());
    }
}
