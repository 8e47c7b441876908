package io.tollgate.gateway.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.submission.SubmissionRules;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever JSON comes, a format answers with a reading whose quantities can be billed. */
class FormatFuzzTest {
    private static final int ROUNDS = 3_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
    /** What the vendor's own total is the sum of. */
    private static final Set<String> TOKENS = Set.of(
            "input",
            "output",
            "reasoning",
            "cache_read",
            "cache_write",
            "cache_write_5m",
            "cache_write_1h",
            "cache_read_audio",
            "input_audio",
            "input_image",
            "input_video",
            "output_audio",
            "output_image",
            "output_video");
    /** Where a body has its own total, by format. */
    private static final Map<String, String[]> TOTALS = Map.of(
            "openai.chat", new String[] {"usage", "total_tokens"},
            "azure.openai.chat", new String[] {"usage", "total_tokens"},
            "gemini.generateContent", new String[] {"usageMetadata", "totalTokenCount"},
            "vertex.generateContent", new String[] {"usageMetadata", "totalTokenCount"},
            "bedrock.converse", new String[] {"usage", "totalTokens"},
            "litellm", new String[] {"metadata", "usage_object", "total_tokens"});

    private static final List<UsageFormat> FORMATS =
            Stream.concat(Formats.all().stream(), Stream.of(LitellmLog.FORMAT)).toList();

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void randomJsonIsReadByEveryFormat() {
        System.out.println("FormatFuzzTest.randomJson seed " + seed);
        for (UsageFormat format : FORMATS) {
            List<String> names = new ArrayList<>(List.of("", "usage", "headers", "\u0000"));
            collectNames(sample(format), names);
            for (int round = 0; round < ROUNDS; round++) {
                check(format, value(names, random, 4));
            }
        }
    }

    @Test
    void changedSamplesAreReadByEveryFormat() {
        System.out.println("FormatFuzzTest.changedSamples seed " + seed);
        for (UsageFormat format : FORMATS) {
            List<String> names = new ArrayList<>();
            collectNames(sample(format), names);
            for (int round = 0; round < ROUNDS; round++) {
                JsonNode body = sample(format);
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    body = change(body, names);
                }
                check(format, body);
            }
        }
    }

    @Test
    void twiceTheUsageIsTwiceTheQuantities() {
        for (UsageFormat format : FORMATS) {
            JsonNode body = sample(format);
            Map<String, Decimal> once = read(format, body).quantities();
            Reading twice = read(format, map(body, FormatFuzzTest::doubled));
            assertThat(twice.quality()).describedAs(format.name()).isEqualTo(Quality.COMPLETE);
            once.forEach((dimension, quantity) -> {
                if (TOKENS.contains(dimension)) {
                    assertThat(twice.quantities().get(dimension))
                            .describedAs(format.name() + " " + dimension)
                            .isEqualTo(quantity.plus(quantity));
                }
            });
        }
    }

    private void check(UsageFormat format, JsonNode body) {
        String where = "seed " + seed + ", " + format.name() + ": " + body;
        Reading reading;
        try {
            reading = read(format, body);
        } catch (RuntimeException e) {
            throw new AssertionError(where, e);
        }
        boolean hasNone = reading.quality() == Quality.MISSING || reading.quality() == Quality.INCONSISTENT;
        if (hasNone != reading.quantities().isEmpty()) {
            throw new AssertionError(where + " reads " + reading);
        }
        if (reading.quality() != Quality.COMPLETE && reading.remark() == null) {
            throw new AssertionError(where + " says not why: " + reading);
        }
        for (Decimal quantity : reading.quantities().values()) {
            if (SubmissionRules.objection(quantity) != null) {
                throw new AssertionError(where + " reads " + reading);
            }
        }
        Decimal total = total(format, body);
        if (reading.quality() == Quality.COMPLETE && total != null && !total.equals(tokens(reading))) {
            throw new AssertionError(where + " has a total of " + total + " and reads " + reading);
        }
    }

    private static Reading read(UsageFormat format, JsonNode body) {
        String provider =
                format == LitellmLog.FORMAT ? body.path("custom_llm_provider").asString("") : format.provider();
        return Bodies.read(format, provider == null ? "" : provider, body.toString());
    }

    private static @Nullable Decimal total(UsageFormat format, JsonNode body) {
        String[] path = TOTALS.get(format.name());
        Decimal total = path == null || !body.isObject() ? null : Counts.number(body, path);
        // LiteLLM's zeros are no counts: others may stand in for them.
        return format == LitellmLog.FORMAT && total != null && total.isZero() ? null : total;
    }

    private static Decimal tokens(Reading reading) {
        Decimal sum = Decimal.ZERO;
        for (Map.Entry<String, Decimal> one : reading.quantities().entrySet()) {
            sum = TOKENS.contains(one.getKey()) ? sum.plus(one.getValue()) : sum;
        }
        return sum;
    }

    private static JsonNode sample(UsageFormat format) {
        return JsonMapper.shared().readTree(format.sample());
    }

    private static void collectNames(JsonNode node, List<String> names) {
        node.properties().forEach(field -> {
            names.add(field.getKey());
            collectNames(field.getValue(), names);
        });
        if (node.isArray()) {
            node.forEach(element -> collectNames(element, names));
        }
    }

    private static JsonNode value(List<String> names, RandomGenerator random, int depth) {
        int kind = random.nextInt(depth > 0 ? 14 : 9);
        return switch (kind) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.stringNode(names.get(random.nextInt(names.size())));
            case 3 -> NODES.stringNode(Integer.toString(random.nextInt(200)));
            case 4 -> NODES.numberNode(random.nextInt(-3, 300));
            case 5 -> NODES.numberNode(random.nextLong());
            case 6 -> NODES.numberNode(new BigDecimal("0.5e" + random.nextInt(-30, 60)));
            case 7, 8 -> NODES.numberNode(random.nextInt(50));
            case 9, 10 -> {
                ArrayNode array = NODES.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(names, random, depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = NODES.objectNode();
                for (int i = random.nextInt(1 + names.size()); i > 0; i--) {
                    object.set(names.get(random.nextInt(names.size())), value(names, random, depth - 1));
                }
                yield object;
            }
        };
    }

    /** Puts another value in a random place: in place of a member or an element, or beside it. */
    private JsonNode change(JsonNode body, List<String> names) {
        if (!body.isContainer() || body.isEmpty() || random.nextInt(4) == 0) {
            return value(names, random, 2);
        }
        if (body instanceof ObjectNode object) {
            List<String> members = new ArrayList<>(object.propertyNames());
            String member = members.get(random.nextInt(members.size()));
            switch (random.nextInt(12)) {
                case 0 -> object.remove(member);
                case 1 -> object.set(names.get(random.nextInt(names.size())), value(names, random, 2));
                default -> object.set(member, change(object.get(member), names));
            }
            return object;
        }
        ArrayNode array = (ArrayNode) body;
        int index = random.nextInt(array.size());
        switch (random.nextInt(12)) {
            case 0 -> array.remove(index);
            case 1 -> array.add(array.get(index).deepCopy());
            default -> array.set(index, change(array.get(index), names));
        }
        return array;
    }

    private static JsonNode map(JsonNode node, UnaryOperator<JsonNode> leaf) {
        if (node instanceof ObjectNode object) {
            for (String member : List.copyOf(object.propertyNames())) {
                object.set(member, map(object.get(member), leaf));
            }
            return object;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, map(array.get(i), leaf));
            }
            return array;
        }
        return leaf.apply(node);
    }

    private static JsonNode doubled(JsonNode leaf) {
        if (leaf.isString() && NUMBER.matcher(leaf.stringValue()).matches()) {
            Decimal number = Decimal.parse(leaf.stringValue());
            return NODES.stringNode(number.plus(number).toString());
        }
        return leaf.isNumber() ? NODES.numberNode(leaf.decimalValue().multiply(BigDecimal.valueOf(2))) : leaf;
    }
}
