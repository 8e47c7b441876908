package io.tollgate.standalone.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The vendors' list prices as the demo knows them: {@code prices.json}, which names source and date. */
record PriceList(String effectiveFrom, List<Vendor> vendors) {
    /** Vendors quote a price per million tokens, Tollgate keeps it per token. */
    private static final int MILLION_DIGITS = 6;

    static PriceList load() {
        return DemoJson.resource("prices.json", PriceList.class);
    }

    /** A vendor, with the page that its prices are published on. */
    record Vendor(String provider, String source, List<Model> models) {}

    record Model(String model, Map<String, BigDecimal> perMillionTokens, @Nullable List<Above> above) {}

    /** What the whole call costs per token once its input is longer than that. */
    record Above(long inputTokens, Map<String, BigDecimal> perMillionTokens) {}

    /** A price item as {@code POST /admin/v1/prices} takes it. */
    record Item(
            @Nullable String company,
            @Nullable String provider,
            @Nullable String model,
            String dimension,
            @Nullable String unit,
            @Nullable String unitPrice,
            @Nullable String multiplier,
            @Nullable String currency,
            @Nullable Long tierFrom,
            String effectiveFrom) {}

    List<Item> items(Vendor vendor, Model model) {
        List<Item> items = new ArrayList<>();
        model.perMillionTokens().forEach((dimension, price) -> items.add(item(vendor, model, dimension, price, 0)));
        if (model.above() != null) {
            for (Above tier : model.above()) {
                tier.perMillionTokens()
                        .forEach((dimension, price) ->
                                items.add(item(vendor, model, dimension, price, tier.inputTokens())));
            }
        }
        return items;
    }

    Item markup(String company, BigDecimal multiplier) {
        return new Item(company, null, null, "*", null, null, multiplier.toPlainString(), null, null, effectiveFrom);
    }

    private Item item(Vendor vendor, Model model, String dimension, BigDecimal perMillion, long tierFrom) {
        return new Item(
                null,
                vendor.provider(),
                model.model(),
                dimension,
                "token",
                perMillion.movePointLeft(MILLION_DIGITS).toPlainString(),
                null,
                "USD",
                tierFrom,
                effectiveFrom);
    }
}
