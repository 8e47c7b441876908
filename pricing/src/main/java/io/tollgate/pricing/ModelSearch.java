package io.tollgate.pricing;

import io.tollgate.avro.ModelName;
import io.tollgate.avro.Usage;
import io.tollgate.pricing.ModelNames.Regional;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Under which name a usage's prices are found. First come the names that somebody said, then the aliases in the book, then
 * what the vendors' way of naming makes certain (the date and the region around a name), and only where an operator has put
 * them into the book items for names that begin alike and for all names. The first name with a price that has begun by the
 * event's time decides; a later one is not asked, even where the first has no price for what was used.
 */
final class ModelSearch {
    private final Shelf global;
    private final Shelf own;
    private final Usage usage;
    private final TierBasis basis;

    ModelSearch(Shelf global, Shelf own, Usage usage, TierBasis basis) {
        this.global = global;
        this.own = own;
        this.usage = usage;
        this.basis = basis;
    }

    /**
     * @param match the word for how the name was found
     * @param region that the name was said to be in; null where it was not
     */
    record Found(ApplicablePrices prices, String match, @Nullable String region) {}

    /** The prices that decide; of no name at all those of the usage's own, which are none. */
    Found find() {
        String model = usage.getModel();
        Found found = exact(model, PriceMatch.EXACT);
        if (found != null) {
            return found; // nearly always, and without a way's allocation
        }
        found = searchAsked(PriceMatch.REQUEST_MODEL, this::exact);
        found = found != null ? found : search(PriceMatch.ALIAS, this::alias);
        found = found != null ? found : search(PriceMatch.UNDATED, this::undated);
        found = found != null ? found : search(PriceMatch.REGION, this::regional);
        found = found != null ? found : search(PriceMatch.PREFIX, this::prefixed);
        found = found != null ? found : anyModel();
        return found != null ? found : new Found(prices(usage.getProvider(), model, null), PriceMatch.EXACT, null);
    }

    private interface Way {
        @Nullable
        Found by(String model, String match);
    }

    /** What answered before what was asked for. */
    private @Nullable Found search(String match, Way way) {
        Found found = way.by(usage.getModel(), match);
        return found != null ? found : searchAsked(match, way);
    }

    private @Nullable Found searchAsked(String match, Way way) {
        String asked = usage.getRequestModel();
        return asked == null || asked.equals(usage.getModel()) ? null : way.by(asked, match);
    }

    private @Nullable Found exact(String model, String match) {
        return named(usage.getProvider(), model, null, match);
    }

    private @Nullable Found alias(String model, String match) {
        for (Shelf shelf : List.of(own, global)) {
            Timeline via = shelf.get(usage.getProvider(), model);
            ModelName target = via == null ? null : via.aliasAt(usage.getEventTime(), basis);
            if (target != null) {
                return named(target.getProvider(), target.getModel(), via, match);
            }
        }
        return null;
    }

    private @Nullable Found undated(String model, String match) {
        String undated = ModelNames.undated(model);
        return undated == null ? null : exact(undated, match);
    }

    private @Nullable Found regional(String model, String match) {
        Regional regional = ModelNames.regional(model);
        if (regional == null) {
            return null;
        }
        Found found = exact(regional.model(), match);
        found = found != null ? found : alias(regional.model(), match);
        found = found != null ? found : undated(regional.model(), match);
        return found == null ? null : new Found(found.prices(), match, regional.region());
    }

    private @Nullable Found prefixed(String model, String match) {
        String provider = usage.getProvider();
        List<String> ofAll = global.patterns(provider);
        List<String> ofOwn = own.patterns(provider);
        List<String> patterns =
                ofOwn.isEmpty() ? ofAll : Shelf.longestFirst(Stream.concat(ofAll.stream(), ofOwn.stream()));
        for (String pattern : patterns) {
            if (model.startsWith(pattern.substring(0, pattern.length() - ModelNames.WILDCARD.length()))) {
                Found found = exact(pattern, match);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable Found anyModel() {
        Found found = named(usage.getProvider(), PriceBook.ANY, null, PriceMatch.DEFAULT);
        return found != null ? found : named(PriceBook.ANY, PriceBook.ANY, null, PriceMatch.DEFAULT);
    }

    private @Nullable Found named(String provider, String model, @Nullable Timeline via, String match) {
        ApplicablePrices prices = prices(provider, model, via);
        return prices.haveBegun(usage.getEventTime()) ? new Found(prices, match, null) : null;
    }

    /** What a company has of markups for the name that the usage came under holds for every name that it is found under. */
    private ApplicablePrices prices(String provider, String model, @Nullable Timeline via) {
        Timeline list = global.get(provider, model);
        if (own == Shelf.EMPTY) {
            return ApplicablePrices.ofAll(list, via);
        }
        String called = usage.getProvider();
        return ApplicablePrices.ofCompany(
                list,
                own.get(provider, model),
                via,
                own.get(called, usage.getModel()),
                own.get(called, PriceBook.ANY),
                own.get(PriceBook.ANY, PriceBook.ANY));
    }
}
