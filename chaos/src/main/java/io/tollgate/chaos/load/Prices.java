package io.tollgate.chaos.load;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What the models of the load cost, from the beginning and after each change. */
final class Prices {
    /** Provider, model, dimensions. */
    record Model(String provider, String name, List<String> dimensions) {}

    static final List<Model> MODELS = List.of(
            new Model("openai", "gpt-4o", List.of("input", "cache_read", "output")),
            new Model("openai", "gpt-4o-mini", List.of("input", "output")),
            new Model("anthropic", "claude-sonnet-4-5", List.of("input", "cache_write_5m", "output")),
            new Model("openai", "whisper-1", List.of("audio_second")));

    private static final int DECIMALS = 12;

    private Prices() {}

    /** For all dimensions, and a markup for the last company. */
    static List<String> atStart(Random random) {
        Instant always = Instant.parse("2020-01-01T00:00:00Z");
        Stream<String> items = MODELS.stream().flatMap(model -> model.dimensions().stream()
                .map(dimension -> item(model, dimension, price(random), always)));
        String markup = """
                {"company":"%s","dimension":"*","multiplier":"1.2","effective_from":"%s"}"""
                .formatted(Companies.ids().get(Companies.COUNT - 1), always);
        return Stream.concat(items, Stream.of(markup)).toList();
    }

    /** Another price for one dimension of one model. */
    static String change(Random random, Instant from) {
        Model model = MODELS.get(random.nextInt(MODELS.size()));
        String dimension =
                model.dimensions().get(random.nextInt(model.dimensions().size()));
        return item(model, dimension, price(random), from);
    }

    private static String item(Model model, String dimension, BigDecimal price, Instant from) {
        String unit = dimension.equals("audio_second") ? "second" : "token";
        return """
                {"provider":"%s","model":"%s","dimension":"%s","unit":"%s","unit_price":"%s","currency":"USD","effective_from":"%s"}"""
                .formatted(model.provider(), model.name(), dimension, unit, price.toPlainString(), from);
    }

    private static BigDecimal price(Random random) {
        return BigDecimal.valueOf(1 + random.nextInt(20_000_000), DECIMALS);
    }
}
