package io.tollgate.pricing;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ExactDecimal;
import io.tollgate.avro.LineItem;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.ReadingQuality;
import io.tollgate.avro.Usage;
import io.tollgate.avro.VendorReading;
import io.tollgate.pricing.ApplicablePrices.Price;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prices one usage, line by line. Whatever counted has no price leaves the whole usage unpriced: a part of a cost is no
 * cost. Zero of something needs no price.
 */
final class Rater {
    private static final ExactDecimal ZERO = Decimals.toAvro(Decimal.ZERO);

    private final ApplicablePrices prices;
    private final Usage usage;
    private final String match;
    private final TierBasis basis;
    private final List<LineItem> lines;

    private Decimal tokens = Decimal.ZERO;
    private Decimal cost = Decimal.ZERO;
    private @Nullable Decimal listCost = Decimal.ZERO;
    private @Nullable String currency;
    private @Nullable String listCurrency;
    private @Nullable String refusal;

    /** @param match the word for the name under which the prices were found */
    Rater(ApplicablePrices prices, Usage usage, TierBasis basis, String match) {
        this.prices = prices;
        this.usage = usage;
        this.match = match;
        this.basis = basis;
        this.lines = new ArrayList<>(usage.getDimensions().size());
    }

    Rating rate() {
        if (isFree()) {
            usage.getDimensions().forEach(this::addFreeLine);
            return result(RatingState.RATED, null, ZERO, ZERO, prices.currency());
        }
        if (isInconsistent()) {
            return result(RatingState.UNPRICED, Rating.INCONSISTENT_USAGE, null, null, null);
        }
        if (usage.getDimensions().isEmpty()) {
            return result(RatingState.USAGE_MISSING, null, null, null, null);
        }
        usage.getDimensions().forEach(this::addLine);
        if (refusal != null) {
            return result(RatingState.UNPRICED, refusal, null, null, null);
        }
        // Where every quantity was 0 no price was needed, but the model may have a currency all the same.
        String costCurrency = currency == null ? prices.currency() : currency;
        boolean comparable = listCurrency == null || listCurrency.equals(costCurrency);
        return result(
                RatingState.RATED,
                null,
                Decimals.toAvro(cost),
                comparable ? Decimals.toAvroOrNull(listCost) : null,
                costCurrency);
    }

    /** What the caller says is not billed, and a failed call that used nothing. */
    private boolean isFree() {
        Integer status = usage.getStatus();
        boolean failed = status != null && status >= 400;
        return !usage.getBillable() || (failed && usage.getDimensions().isEmpty());
    }

    private boolean isInconsistent() {
        VendorReading vendor = usage.getVendor();
        return vendor != null && vendor.getQuality() == ReadingQuality.INCONSISTENT;
    }

    private Rating result(
            RatingState state,
            @Nullable String code,
            @Nullable ExactDecimal charged,
            @Nullable ExactDecimal listed,
            @Nullable String inCurrency) {
        Long version = state == RatingState.RATED ? prices.version() : null;
        return new Rating(state, code, lines, Decimals.toAvro(tokens), charged, listed, inCurrency, version);
    }

    private void addFreeLine(DimensionQuantity counted) {
        LineItem line = newLine(counted, Units.of(counted.getDimension(), null));
        line.setCost(ZERO);
        line.setListCost(ZERO);
    }

    private void addLine(DimensionQuantity counted) {
        String dimension = counted.getDimension();
        Price listed = prices.listPrice(dimension, usage, basis);
        Price charged = charged(dimension, listed);
        String fallback = listed == null || charged == null ? PriceMatch.fallback(dimension) : null;
        boolean chargedByFallback = fallback != null && charged == null;
        if (fallback != null) {
            Price fallbackListed = prices.listPrice(fallback, usage, basis);
            charged = chargedByFallback ? charged(fallback, fallbackListed) : charged;
            listed = listed == null ? fallbackListed : listed;
        }
        String itemUnit = charged == null ? null : charged.tier().item().getUnit();
        LineItem line = newLine(counted, Units.of(dimension, itemUnit));
        Decimal quantity = Decimals.fromAvro(counted.getQuantity());
        addCharge(line, charged, PriceMatch.word(match, chargedByFallback), quantity);
        addListPrice(line, listed, quantity);
    }

    /** The company's own price, or what it pays of the listed one. */
    private @Nullable Price charged(String dimension, @Nullable Price listed) {
        Price own = prices.ownPrice(dimension, usage, basis);
        return own != null || listed == null ? own : prices.withMarkup(listed, dimension, usage, basis);
    }

    private LineItem newLine(DimensionQuantity counted, String unit) {
        LineItem line = new LineItem();
        line.setDimension(counted.getDimension());
        line.setUnit(unit);
        line.setQuantity(counted.getQuantity());
        if (unit.equals(Units.TOKEN)) {
            tokens = tokens.plus(Decimals.fromAvro(counted.getQuantity()));
        }
        lines.add(line);
        return line;
    }

    private void addCharge(LineItem line, @Nullable Price price, String matched, Decimal quantity) {
        if (price == null) {
            if (quantity.isZero()) {
                line.setCost(ZERO);
            } else {
                refusal = Rating.NO_PRICE;
            }
            return;
        }
        Decimal amount = price.costOf(quantity);
        line.setUnitPrice(Decimals.toAvro(price.tier().amount()));
        line.setMultiplier(Decimals.toAvroOrNull(price.multiplier()));
        line.setCost(Decimals.toAvro(amount));
        line.setPriceItem(price.tier().item().getId());
        line.setPriceMatch(matched);
        line.setTierFrom(price.tier().item().getTierFrom());
        cost = cost.plus(amount);
        String own = price.tier().item().getCurrency();
        if (currency == null) {
            currency = own;
        } else if (!currency.equals(own) && refusal == null) {
            refusal = Rating.MIXED_CURRENCY;
        }
    }

    private void addListPrice(LineItem line, @Nullable Price price, Decimal quantity) {
        if (price == null) {
            if (quantity.isZero()) {
                line.setListCost(ZERO);
            } else {
                listCost = null;
            }
            return;
        }
        Decimal amount = price.costOf(quantity);
        line.setListUnitPrice(Decimals.toAvro(price.tier().amount()));
        line.setListMultiplier(Decimals.toAvroOrNull(price.multiplier()));
        line.setListCost(Decimals.toAvro(amount));
        String own = price.tier().item().getCurrency();
        if (listCurrency != null && !listCurrency.equals(own)) {
            listCost = null;
        }
        listCurrency = own;
        if (listCost != null) {
            listCost = listCost.plus(amount);
        }
    }
}
