package io.tollgate.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a usage of a company costs by the book as it was at one moment. The rules are those of docs/pricing.md. */
final class Pricing {
    private static final Pattern DATE = Pattern.compile(
            "(?<name>.+?)(?:[-@]20\\d\\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\\d|3[01])(?:-v\\d+(?::\\d+)?)?|-v1:0)");
    private static final Pattern REGION = Pattern.compile(
            "(?:[a-z_]+/)?(?<region>us-gov|us|eu|apac|au|jp|ca|sa|global|[a-z]{2}(?:-[a-z]+)+-\\d)[./](?<name>.+)");

    private final PriceHistory book;
    private final int moment;
    private final String company;
    private final Usage said;

    private Pricing(PriceHistory book, int moment, String company, Usage usage) {
        this.book = book;
        this.moment = moment;
        this.company = company;
        this.said = usage;
    }

    static Rating rate(PriceHistory book, int moment, String company, Usage usage) {
        return new Pricing(book, moment, company, usage).rate();
    }

    /** The name without its date; null where it has none. */
    static @Nullable String undated(String model) {
        Matcher dated = DATE.matcher(model);
        return dated.matches() ? dated.group("name") : null;
    }

    /**
     * The prices of one name.
     *
     * @param list of the global book
     * @param own the company's
     * @param via whose alias led here
     */
    private record Found(
            @Nullable Timeline list,
            @Nullable Timeline own,
            @Nullable Timeline via,
            String match,
            @Nullable String region) {
        Found by(String way, String inRegion) {
            return new Found(list, own, via, way, inRegion);
        }
    }

    /** A price with the factor on it; a factor of null is 1. */
    private record Price(Timeline.Item item, @Nullable BigDecimal factor) {
        BigDecimal perUnit() {
            return Objects.requireNonNull(item.unitPrice());
        }

        BigDecimal of(BigDecimal quantity) {
            BigDecimal amount = quantity.multiply(perUnit());
            return factor == null ? amount : amount.multiply(factor);
        }
    }

    private Rating rate() {
        Found found = search();
        boolean regionByName = found.region() != null && said.region() == null;
        Usage usage = regionByName ? said.inRegion(Objects.requireNonNull(found.region())) : said;
        return price(found, usage);
    }

    private Rating price(Found found, Usage usage) {
        boolean free =
                !usage.billable() || (usage.failed() && usage.dimensions().isEmpty());
        if (free) {
            List<Rating.Line> lines = usage.dimensions().stream()
                    .map(counted -> freeLine(counted))
                    .toList();
            return rating("rated", null, lines, BigDecimal.ZERO, BigDecimal.ZERO, currencyOf(found), found);
        }
        if (usage.vendor() != null && usage.vendor().quality().equals("INCONSISTENT")) {
            return rating("unpriced", "inconsistent_usage", List.of(), null, null, null, found);
        }
        if (usage.dimensions().isEmpty()) {
            return rating("usage_missing", null, List.of(), null, null, null, found);
        }
        List<Rating.Line> lines = new ArrayList<>();
        Set<String> currencies = new LinkedHashSet<>();
        Set<String> listCurrencies = new LinkedHashSet<>();
        BigDecimal cost = BigDecimal.ZERO;
        BigDecimal listCost = BigDecimal.ZERO;
        boolean unpriced = false;
        boolean listed = true;
        for (Usage.Counted counted : usage.dimensions()) {
            Rating.Line line = line(found, usage, counted, currencies, listCurrencies);
            lines.add(line);
            unpriced |= line.cost() == null;
            listed &= line.listCost() != null;
            cost = line.cost() == null ? cost : cost.add(line.cost());
            listCost = line.listCost() == null ? listCost : listCost.add(line.listCost());
        }
        if (unpriced) {
            return rating("unpriced", "no_price", lines, null, null, null, found);
        }
        if (currencies.size() > 1) {
            return rating("unpriced", "mixed_currency", lines, null, null, null, found);
        }
        String currency =
                currencies.isEmpty() ? currencyOf(found) : currencies.iterator().next();
        boolean comparable = listed
                && (listCurrencies.isEmpty()
                        || (listCurrencies.size() == 1
                                && Objects.equals(listCurrencies.iterator().next(), currency)));
        return rating("rated", null, lines, cost, comparable ? listCost : null, currency, found);
    }

    private Rating rating(
            String state,
            @Nullable String code,
            List<Rating.Line> lines,
            @Nullable BigDecimal cost,
            @Nullable BigDecimal listCost,
            @Nullable String currency,
            Found found) {
        BigDecimal tokens = BigDecimal.ZERO;
        for (Rating.Line line : lines) {
            tokens = line.unit().equals(Units.TOKEN) ? tokens.add(line.quantity()) : tokens;
        }
        return new Rating(
                state, code, lines, tokens, cost, listCost, currency, state.equals("rated") ? version(found) : null);
    }

    private static Rating.Line freeLine(Usage.Counted counted) {
        String unit = Units.of(counted.dimension(), null);
        return new Rating.Line(
                counted.dimension(),
                unit,
                counted.quantity(),
                null,
                null,
                null,
                null,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                null,
                null,
                null);
    }

    private Rating.Line line(
            Found found, Usage usage, Usage.Counted counted, Set<String> currencies, Set<String> listCurrencies) {
        String dimension = counted.dimension();
        String standIn = standIn(dimension);
        Price list = listPrice(found, dimension, usage);
        Price charged = chargedPrice(found, dimension, usage, list);
        boolean fallback = charged == null && standIn != null;
        if (standIn != null && (list == null || charged == null)) {
            Price otherList = listPrice(found, standIn, usage);
            charged = charged == null ? chargedPrice(found, standIn, usage, otherList) : charged;
            list = list == null ? otherList : list;
        }
        BigDecimal nothing = counted.quantity().signum() == 0 ? BigDecimal.ZERO : null;
        if (charged != null) {
            currencies.add(Objects.requireNonNull(charged.item().currency()));
        }
        if (list != null) {
            listCurrencies.add(Objects.requireNonNull(list.item().currency()));
        }
        return new Rating.Line(
                dimension,
                Units.of(dimension, charged == null ? null : charged.item().unit()),
                counted.quantity(),
                list == null ? null : list.perUnit(),
                charged == null ? null : charged.perUnit(),
                charged == null ? null : charged.factor(),
                list == null ? null : list.factor(),
                list == null ? nothing : list.of(counted.quantity()),
                charged == null ? nothing : charged.of(counted.quantity()),
                charged == null ? null : charged.item().id(),
                charged == null ? null : match(found.match(), fallback),
                charged == null ? null : charged.item().tierFrom());
    }

    private static String match(String name, boolean fallback) {
        if (!fallback) {
            return name;
        }
        return name.equals("exact") ? "fallback" : name + ",fallback";
    }

    /** No vendor reads its cache or thinks for nothing. */
    private static @Nullable String standIn(String dimension) {
        return switch (dimension) {
            case "cache_read" -> "input";
            case "reasoning" -> "output";
            default -> null;
        };
    }

    private static @Nullable Price listPrice(Found found, String dimension, Usage usage) {
        return priceOf(found.list(), dimension, usage);
    }

    /** The company's own price, which only its own multipliers touch; else the list price times its markups. */
    private @Nullable Price chargedPrice(Found found, String dimension, Usage usage, @Nullable Price list) {
        Price own = priceOf(found.own(), dimension, usage);
        if (own != null || list == null) {
            return own;
        }
        BigDecimal factor = list.factor();
        for (Timeline markup : markups(found)) {
            factor = times(
                    factor,
                    markup.factor(dimension, Units.of(dimension, list.item().unit()), usage));
        }
        return new Price(list.item(), factor);
    }

    private static @Nullable Price priceOf(@Nullable Timeline timeline, String dimension, Usage usage) {
        Timeline.Item item = timeline == null ? null : timeline.price(dimension, usage);
        return item == null || timeline == null
                ? null
                : new Price(item, timeline.factor(dimension, Units.of(dimension, item.unit()), usage));
    }

    /** What the company has for the model, for the name that the usage came under, for the provider, for everything. */
    private Set<Timeline> markups(Found found) {
        Set<Timeline> markups = new LinkedHashSet<>();
        add(markups, found.own());
        add(markups, book.find(company, said.provider(), said.model(), moment));
        add(markups, book.find(company, said.provider(), "*", moment));
        add(markups, book.find(company, "*", "*", moment));
        return markups;
    }

    private @Nullable Long version(Found found) {
        Set<Timeline> used = new LinkedHashSet<>(markups(found));
        add(used, found.list());
        add(used, found.via());
        return used.isEmpty()
                ? null
                : used.stream().mapToLong(Timeline::version).max().getAsLong();
    }

    private static void add(Set<Timeline> timelines, @Nullable Timeline timeline) {
        if (timeline != null) {
            timelines.add(timeline);
        }
    }

    private static @Nullable String currencyOf(Found found) {
        String own = found.own() == null ? null : found.own().currency();
        return own != null || found.list() == null ? own : found.list().currency();
    }

    private static @Nullable BigDecimal times(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.multiply(other);
    }

    private interface Way {
        @Nullable
        Found find(String model);
    }

    /** The first name that has a price which has begun. */
    private Found search() {
        Found found = exact(said.model(), "exact");
        found = found == null && isAsked() ? exact(asked(), "request_model") : found;
        found = found == null ? either(this::alias) : found;
        found = found == null ? either(this::withoutDate) : found;
        found = found == null ? either(this::withoutRegion) : found;
        found = found == null ? either(this::prefix) : found;
        found = found == null ? named(said.provider(), "*", null, "default") : found;
        found = found == null ? named("*", "*", null, "default") : found;
        return found == null
                ? new Found(
                        book.find(null, said.provider(), said.model(), moment),
                        book.find(company, said.provider(), said.model(), moment),
                        null,
                        "exact",
                        null)
                : found;
    }

    private @Nullable Found either(Way way) {
        Found found = way.find(said.model());
        return found == null && isAsked() ? way.find(asked()) : found;
    }

    private boolean isAsked() {
        return said.requestModel() != null && !said.requestModel().equals(said.model());
    }

    private String asked() {
        return Objects.requireNonNull(said.requestModel());
    }

    private @Nullable Found exact(String model, String match) {
        return named(said.provider(), model, null, match);
    }

    private @Nullable Found alias(String model) {
        for (@Nullable String owner : new @Nullable String[] {company, null}) {
            Timeline via = book.find(owner, said.provider(), model, moment);
            Timeline.Item alias = via == null ? null : via.alias(said);
            if (alias != null && alias.aliasProvider() != null && alias.aliasModel() != null) {
                return named(alias.aliasProvider(), alias.aliasModel(), via, "alias");
            }
        }
        return null;
    }

    private @Nullable Found withoutDate(String model) {
        String undated = undated(model);
        return undated == null ? null : exact(undated, "undated");
    }

    private @Nullable Found withoutRegion(String model) {
        Matcher regional = REGION.matcher(model);
        if (!regional.matches()) {
            return null;
        }
        String name = regional.group("name");
        Found found = exact(name, "region");
        found = found == null ? alias(name) : found;
        found = found == null ? withoutDate(name) : found;
        return found == null ? null : found.by("region", regional.group("region"));
    }

    private @Nullable Found prefix(String model) {
        for (String pattern : book.patterns(company, said.provider())) {
            Found found =
                    model.startsWith(pattern.substring(0, pattern.length() - 1)) ? exact(pattern, "prefix") : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Found named(String provider, String model, @Nullable Timeline via, String match) {
        Timeline list = book.find(null, provider, model, moment);
        Timeline own = book.find(company, provider, model, moment);
        boolean begun =
                (list != null && list.hasPriceSince(said.time())) || (own != null && own.hasPriceSince(said.time()));
        return begun ? new Found(list, own, via, match, null) : null;
    }
}
