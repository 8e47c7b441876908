package io.tollgate.gateway.catalog;

import io.tollgate.pricing.PriceItemRules;
import io.tollgate.schemas.decimal.Decimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which prices can't be true. A price of a million tokens that stands where one token's should is far above every real
 * one and condemns its entry; a price that is out of proportion to its neighbours is left out alone. The bounds are
 * wider than every healthy ratio that catalogues have.
 */
final class Sanity {
    /** $1000 for a million tokens; the dearest model that is real asks $600. */
    static final Decimal DEAREST_TOKEN = Decimal.of(1, 3);

    private static final Decimal LEAST_WRITE = Decimal.ONE;
    private static final Decimal MOST_WRITE = Decimal.of(13, 1);
    private static final Decimal LEAST_LONG_WRITE = Decimal.of(195, 2);
    private static final Decimal MOST_LONG_WRITE = Decimal.of(205, 2);
    private static final Decimal LEAST_BATCH = Decimal.of(1, 1);

    private final List<Rate> rates;
    private final List<Remark> remarks;

    private Sanity(List<Rate> rates, List<Remark> remarks) {
        this.rates = rates;
        this.remarks = remarks;
    }

    /** What is wrong with the whole entry; null: nothing is. */
    static @Nullable String unitError(List<Rate> rates) {
        for (Rate rate : rates) {
            if (rate.isToken() && rate.price().compareTo(DEAREST_TOKEN) > 0) {
                return rate.key() + " is " + rate.price() + " for one token, above " + DEAREST_TOKEN
                        + ": the price of 1,000 or 1,000,000 of them?";
            }
        }
        return null;
    }

    /** The prices that can be believed; the others are remarked on. */
    static List<Rate> believable(List<Rate> rates, List<Remark> remarks) {
        List<Rate> founded = new Sanity(rates, remarks).withBase();
        Sanity sanity = new Sanity(founded, remarks);
        List<Rate> kept = new ArrayList<>();
        for (Rate rate : founded) {
            Remark doubt = sanity.doubt(rate);
            if (doubt == null) {
                kept.add(rate);
            } else if (!remarks.contains(doubt)) {
                remarks.add(doubt);
            }
        }
        return new Sanity(kept, remarks).withBase();
    }

    private @Nullable Remark doubt(Rate rate) {
        if (rate.price().signum() < 0) {
            return Remark.quarantined(rate.key(), "negative", rate.price() + " is negative");
        }
        if (rate.price().scale() > PriceItemRules.MAX_DECIMALS) {
            return Remark.quarantined(
                    rate.key(),
                    "too_many_decimals",
                    rate.price() + " has more than " + PriceItemRules.MAX_DECIMALS + " decimals");
        }
        return switch (rate.dimension()) {
            case "cache_write", "cache_write_5m" ->
                outside(rate, "input", LEAST_WRITE, MOST_WRITE, "cache_write_ratio", rate::isBeside);
            case "cache_write_1h" -> longWrite(rate);
            default ->
                rate.serviceTier().equals(Rate.BATCH)
                        ? outside(rate, rate.dimension(), LEAST_BATCH, Decimal.ONE, "batch_ratio", isStandardOf(rate))
                        : null;
        };
    }

    private @Nullable Remark longWrite(Rate rate) {
        Remark odd = outside(rate, "input", LEAST_LONG_WRITE, MOST_LONG_WRITE, "cache_write_1h_ratio", rate::isBeside);
        Rate shorter = find("cache_write_5m", rate::isBeside);
        return odd == null && shorter != null && rate.price().compareTo(shorter.price()) < 0
                ? Remark.quarantined(
                        rate.key(),
                        "cache_write_1h_ratio",
                        rate.price() + " is less than 5 minutes' " + shorter.price())
                : odd;
    }

    private static Predicate<Rate> isStandardOf(Rate batch) {
        return other -> other.serviceTier().equals(Rate.STANDARD) && other.tierFrom() == batch.tierFrom();
    }

    private @Nullable Remark outside(
            Rate rate, String dimension, Decimal least, Decimal most, String code, Predicate<Rate> beside) {
        Rate base = find(dimension, beside);
        if (base == null || base.price().isZero()) {
            return null;
        }
        boolean fits = rate.price().compareTo(base.price().times(least)) >= 0
                && rate.price().compareTo(base.price().times(most)) <= 0;
        return fits
                ? null
                : Remark.quarantined(
                        rate.key(),
                        code,
                        rate.price() + " is not " + least + " to " + most + " times " + base.key() + ", "
                                + base.price());
    }

    private @Nullable Rate find(String dimension, Predicate<Rate> fits) {
        for (Rate rate : rates) {
            if (rate.dimension().equals(dimension) && fits.test(rate)) {
                return rate;
            }
        }
        return null;
    }

    /** A context tier of something that has no price below it would leave small prompts without one. */
    private List<Rate> withBase() {
        List<Rate> kept = new ArrayList<>();
        for (Rate rate : rates) {
            boolean hasBase = rate.tierFrom() == 0
                    || find(
                                    rate.dimension(),
                                    other -> other.tierFrom() == 0
                                            && other.serviceTier().equals(rate.serviceTier()))
                            != null;
            if (hasBase) {
                kept.add(rate);
            } else if (remarks.stream().noneMatch(known -> known.price().equals(rate.key()))) {
                remarks.add(Remark.leftOut(
                        rate.key(),
                        "tier_without_base",
                        "there is no price of " + rate.dimension() + " below the tier"));
            }
        }
        return kept;
    }
}
