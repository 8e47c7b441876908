package io.tollgate.pricing;

import static io.tollgate.pricing.Books.COMPANY;
import static io.tollgate.pricing.Books.JANUARY;
import static io.tollgate.pricing.Books.exact;
import static io.tollgate.pricing.Books.item;
import static io.tollgate.pricing.Books.text;
import static io.tollgate.pricing.Books.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random books and usages against arithmetic that shares nothing with the book: a scan over items with BigDecimal. */
class RandomBookTest {
    private static final String[] DIMENSIONS = {"input", "cache_read", "output", "reasoning"};
    private static final long DAY = 86_400_000_000L;
    private static final int ROUNDS = 100_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void everyCostEqualsTheOneWorkedOutByHand() {
        for (int round = 0; round < ROUNDS; round++) {
            List<PriceItem> items = randomItems();
            PriceBook book = new PriceBook();
            book.put(timeline(null, "openai", "gpt-4o", items.toArray(PriceItem[]::new)));
            Usage usage = randomUsage();

            assertThat(text(book.rate(COMPANY, usage).cost()))
                    .describedAs("seed %d, round %d", seed, round)
                    .isEqualTo(byHand(items, usage));
        }
    }

    private List<PriceItem> randomItems() {
        List<PriceItem> items = new ArrayList<>();
        for (String dimension : DIMENSIONS) {
            if (random.nextInt(10) == 0) {
                continue;
            }
            for (int day = random.nextInt(3); day < 10; day += 1 + random.nextInt(5)) {
                for (long tier = 0; tier < 300; tier += 100 + random.nextInt(200)) {
                    items.add(item(dimension)
                            .setUnitPrice(exact(new BigDecimal(random.nextInt(1_000_000))
                                    .movePointLeft(random.nextInt(24))
                                    .toPlainString()))
                            .setCurrency("USD")
                            .setTierFrom(exact(Long.toString(tier)))
                            .setEffectiveFrom(JANUARY + day * DAY)
                            .build());
                }
            }
        }
        return items;
    }

    private Usage randomUsage() {
        List<DimensionQuantity> counted = new ArrayList<>();
        for (String dimension : DIMENSIONS) {
            String quantity = new BigDecimal(random.nextInt(300))
                    .movePointLeft(random.nextInt(3))
                    .toPlainString();
            counted.add(new DimensionQuantity(dimension, exact(quantity)));
        }
        Usage usage = Books.usage();
        usage.setDimensions(counted);
        usage.setEventTime(JANUARY + random.nextInt(12) * DAY + random.nextInt(3) - 1);
        return usage;
    }

    private static @Nullable String byHand(List<PriceItem> items, Usage usage) {
        BigDecimal context = BigDecimal.ZERO;
        for (DimensionQuantity counted : usage.getDimensions()) {
            if (counted.getDimension().equals("input") || counted.getDimension().equals("cache_read")) {
                context = context.add(new BigDecimal(text(counted.getQuantity())));
            }
        }
        BigDecimal cost = BigDecimal.ZERO;
        for (DimensionQuantity counted : usage.getDimensions()) {
            BigDecimal quantity = new BigDecimal(text(counted.getQuantity()));
            PriceItem best = bestFor(counted.getDimension(), items, usage, context);
            if (best == null && counted.getDimension().equals("cache_read")) {
                best = bestFor("input", items, usage, context);
            }
            if (best == null && counted.getDimension().equals("reasoning")) {
                best = bestFor("output", items, usage, context);
            }
            if (best == null) {
                if (quantity.signum() != 0) {
                    return null;
                }
            } else {
                cost = cost.add(quantity.multiply(new BigDecimal(text(best.getUnitPrice()))));
            }
        }
        BigDecimal plain = cost.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString();
    }

    private static @Nullable PriceItem bestFor(
            String dimension, List<PriceItem> items, Usage usage, BigDecimal context) {
        PriceItem best = null;
        for (PriceItem item : items) {
            boolean inForce = item.getDimension().equals(dimension) && item.getEffectiveFrom() <= usage.getEventTime();
            if (inForce && (best == null || item.getEffectiveFrom() >= best.getEffectiveFrom())) {
                BigDecimal from = new BigDecimal(text(item.getTierFrom()));
                boolean newer = best == null || item.getEffectiveFrom() > best.getEffectiveFrom();
                boolean crossed = from.signum() == 0 || context.compareTo(from) > 0;
                boolean higher = best != null && from.compareTo(new BigDecimal(text(best.getTierFrom()))) > 0;
                if (crossed && (newer || higher)) {
                    best = item;
                }
            }
        }
        return best;
    }
}
