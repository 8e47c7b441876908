package io.tollgate.pricing;

import static io.tollgate.pricing.Books.COMPANY;
import static io.tollgate.pricing.Books.JANUARY;
import static io.tollgate.pricing.Books.exact;
import static io.tollgate.pricing.Books.item;
import static io.tollgate.pricing.Books.text;
import static io.tollgate.pricing.Books.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.LineItem;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random books and usages against arithmetic that shares nothing with the book: a scan over items with BigDecimal. The books
 * have context tiers, service tiers, regions, dates, a region's multiplier, and a company with prices and a markup of its own.
 */
class RandomBookTest {
    private static final String[] DIMENSIONS = {"input", "cache_read", "output", "reasoning"};
    private static final long DAY = 86_400_000_000L;
    private static final int ROUNDS = 100_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    private record World(List<PriceItem> global, List<PriceItem> own, @Nullable PriceItem markup) {
        PriceBook book() {
            PriceBook book = new PriceBook();
            book.put(timeline(null, "openai", "gpt-4o", global.toArray(PriceItem[]::new)));
            if (!own.isEmpty()) {
                book.put(timeline(COMPANY, "openai", "gpt-4o", own.toArray(PriceItem[]::new)));
            }
            if (markup != null) {
                book.put(timeline(COMPANY, "*", "*", markup));
            }
            return book;
        }
    }

    @Test
    void everyCostEqualsTheOneWorkedOutByHand() {
        for (int round = 0; round < ROUNDS; round++) {
            World world = randomWorld();
            Usage usage = randomUsage();

            Rating rating = world.book().rate(COMPANY, usage);

            assertThat(text(rating.cost()))
                    .describedAs("seed %d, round %d", seed, round)
                    .isEqualTo(plain(cost(world, usage)));
            assertThat(text(rating.listCost()))
                    .describedAs("list cost, seed %d, round %d", seed, round)
                    .isEqualTo(rating.cost() == null ? null : plain(listCost(world, usage)));
        }
    }

    @Test
    void withinATierTwiceTheUsageIsTwiceTheCost() {
        int compared = 0;
        for (int round = 0; round < ROUNDS / 10; round++) {
            PriceBook book = randomWorld().book();
            Usage usage = randomUsage();
            Rating once = book.rate(COMPANY, usage);
            usage.getDimensions()
                    .forEach(counted -> counted.setQuantity(exact(number(counted.getQuantity())
                            .add(number(counted.getQuantity()))
                            .toPlainString())));
            Rating twice = book.rate(COMPANY, usage);

            if (once.cost() != null && pricesOf(once).equals(pricesOf(twice))) {
                compared++;
                assertThat(text(twice.cost()))
                        .describedAs("seed %d, round %d", seed, round)
                        .isEqualTo(plain(number(once.cost()).multiply(BigDecimal.valueOf(2))));
            }
        }
        assertThat(compared).isPositive();
    }

    private static List<String> pricesOf(Rating rating) {
        return rating.lines().stream()
                .map(LineItem::getPriceItem)
                .map(String::valueOf)
                .toList();
    }

    private World randomWorld() {
        List<PriceItem> global = new ArrayList<>();
        for (String dimension : DIMENSIONS) {
            addLadder(global, dimension, "standard", null, 10);
            addLadder(global, dimension, "batch", null, 3);
            addLadder(global, dimension, "standard", "eu", 3);
        }
        if (random.nextBoolean()) {
            global.add(item("*token")
                    .setMultiplier(exact("1.1"))
                    .setServiceTier("*")
                    .setWhen(Map.of("region", "us"))
                    .build());
        }
        List<PriceItem> own = new ArrayList<>();
        addLadder(own, "output", "standard", null, 2);
        PriceItem markup = random.nextBoolean()
                ? null
                : item("*")
                        .setMultiplier(exact("1.2" + random.nextInt(10)))
                        .setServiceTier("*")
                        .build();
        return new World(global, own, markup);
    }

    /** With a chance of {@code tenths} in ten. */
    private void addLadder(
            List<PriceItem> items, String dimension, String serviceTier, @Nullable String region, int tenths) {
        if (random.nextInt(11) >= tenths) {
            return;
        }
        for (int day = random.nextInt(3); day < 10; day += 1 + random.nextInt(5)) {
            for (long tier = 0; tier < 300; tier += 100 + random.nextInt(200)) {
                items.add(item(dimension)
                        .setUnitPrice(exact(new BigDecimal(random.nextInt(1_000_000))
                                .movePointLeft(random.nextInt(24))
                                .toPlainString()))
                        .setCurrency("USD")
                        .setServiceTier(serviceTier)
                        .setRegion(region)
                        .setTierFrom(exact(Long.toString(tier)))
                        .setEffectiveFrom(JANUARY + day * DAY)
                        .build());
            }
        }
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
        usage.setServiceTier(random.nextInt(4) == 0 ? "batch" : null);
        usage.setRegion(new String[] {null, "eu", "us"}[random.nextInt(3)]);
        usage.setEventTime(JANUARY + random.nextInt(12) * DAY + random.nextInt(3) - 1);
        return usage;
    }

    /** What the company pays: its own price where it has one, else the list price with its markup; null: not known. */
    private static @Nullable BigDecimal cost(World world, Usage usage) {
        BigDecimal sum = BigDecimal.ZERO;
        for (DimensionQuantity counted : usage.getDimensions()) {
            BigDecimal line = ownOrListed(world, counted.getDimension(), number(counted.getQuantity()), usage);
            String other = standIn(counted.getDimension());
            if (line == null && other != null) {
                line = ownOrListed(world, other, number(counted.getQuantity()), usage);
            }
            if (line == null && number(counted.getQuantity()).signum() != 0) {
                return null;
            }
            sum = line == null ? sum : sum.add(line);
        }
        return sum;
    }

    private static @Nullable BigDecimal ownOrListed(World world, String dimension, BigDecimal quantity, Usage usage) {
        PriceItem own = bestFor(dimension, world.own(), usage);
        if (own != null) {
            return quantity.multiply(number(own.getUnitPrice()));
        }
        BigDecimal listed = listed(world, dimension, quantity, usage);
        PriceItem markup = world.markup();
        return listed == null || markup == null || usage.getEventTime() < JANUARY
                ? listed
                : listed.multiply(number(markup.getMultiplier()));
    }

    private static @Nullable BigDecimal listCost(World world, Usage usage) {
        BigDecimal sum = BigDecimal.ZERO;
        for (DimensionQuantity counted : usage.getDimensions()) {
            BigDecimal quantity = number(counted.getQuantity());
            BigDecimal line = listed(world, counted.getDimension(), quantity, usage);
            String other = standIn(counted.getDimension());
            if (line == null && other != null) {
                line = listed(world, other, quantity, usage);
            }
            if (line == null && quantity.signum() != 0) {
                return null;
            }
            sum = line == null ? sum : sum.add(line);
        }
        return sum;
    }

    private static @Nullable BigDecimal listed(World world, String dimension, BigDecimal quantity, Usage usage) {
        PriceItem item = bestFor(dimension, world.global(), usage);
        if (item == null) {
            return null;
        }
        BigDecimal cost = quantity.multiply(number(item.getUnitPrice()));
        for (PriceItem other : world.global()) {
            if (other.getMultiplier() != null
                    && usage.getEventTime() >= other.getEffectiveFrom()
                    && Objects.equals(other.getWhen().get("region"), usage.getRegion())) {
                cost = cost.multiply(number(other.getMultiplier()));
            }
        }
        return cost;
    }

    private static @Nullable String standIn(String dimension) {
        return switch (dimension) {
            case "cache_read" -> "input";
            case "reasoning" -> "output";
            default -> null;
        };
    }

    /** The region's ladder where it has begun, else the one without a region: of it the newest, of that the highest tier. */
    private static @Nullable PriceItem bestFor(String dimension, List<PriceItem> items, Usage usage) {
        PriceItem regional = usage.getRegion() == null ? null : newest(dimension, items, usage, usage.getRegion());
        return regional != null ? regional : newest(dimension, items, usage, null);
    }

    private static @Nullable PriceItem newest(
            String dimension, List<PriceItem> items, Usage usage, @Nullable String region) {
        String tier = usage.getServiceTier() == null ? "standard" : usage.getServiceTier();
        PriceItem best = null;
        for (PriceItem item : items) {
            boolean isFor = item.getUnitPrice() != null
                    && item.getDimension().equals(dimension)
                    && item.getServiceTier().equals(tier)
                    && String.valueOf(item.getRegion()).equals(String.valueOf(region))
                    && item.getEffectiveFrom() <= usage.getEventTime();
            BigDecimal from = number(item.getTierFrom());
            if (isFor && (from.signum() == 0 || context(usage).compareTo(from) > 0) && isBetter(item, best)) {
                best = item;
            }
        }
        return best;
    }

    private static boolean isBetter(PriceItem item, @Nullable PriceItem best) {
        return best == null
                || item.getEffectiveFrom() > best.getEffectiveFrom()
                || (item.getEffectiveFrom() == best.getEffectiveFrom()
                        && number(item.getTierFrom()).compareTo(number(best.getTierFrom())) > 0);
    }

    private static BigDecimal context(Usage usage) {
        return IntStream.of(0, 1)
                .mapToObj(i -> number(usage.getDimensions().get(i).getQuantity()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal number(io.tollgate.avro.ExactDecimal amount) {
        return new BigDecimal(text(amount));
    }

    private static @Nullable String plain(@Nullable BigDecimal amount) {
        if (amount == null) {
            return null;
        }
        BigDecimal plain = amount.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString();
    }
}
