package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.submission.SubmissionLimits;
import io.tollgate.schemas.submission.SubmissionRules;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A reading in the making. Of several objections the worst counts: once {@link #inconsistent} nothing is billed, whatever
 * is added.
 */
final class Tally {
    private final Map<String, Decimal> quantities = new LinkedHashMap<>();
    private Quality quality = Quality.COMPLETE;
    private @Nullable String remark;
    private @Nullable String model;
    private @Nullable String requestId;
    private @Nullable String serviceTier;
    private @Nullable String region;
    private @Nullable String variant;
    private @Nullable String speed;
    private @Nullable Decimal vendorCost;

    /**
     * A count of the body: null where it is absent, null or an empty object, which is how Mistral's client writes what was
     * not set. One that is no number, or negative, is an inconsistency and reads as 0.
     */
    @Nullable
    Decimal count(@Nullable JsonNode node, String... path) {
        JsonNode found = Counts.at(node, path);
        if (found.isMissingNode() || (found.isObject() && found.isEmpty())) {
            return null;
        }
        Decimal count = Counts.number(node, path);
        if (count == null || count.signum() < 0) {
            inconsistent(String.join(".", path) + " is no count");
            return Decimal.ZERO;
        }
        return count;
    }

    /**
     * A length of time, as {@link #count}: vendors write it as a double ({@code 8.470000267028809}), whose digits beyond a
     * quantity's last decimal are noise.
     */
    @Nullable
    Decimal seconds(@Nullable JsonNode node, String... path) {
        Decimal length = count(node, path);
        return length == null ? null : length(length);
    }

    /** A length of time to a quantity's last decimal. */
    static Decimal length(Decimal seconds) {
        return seconds.scale() <= SubmissionLimits.MAX_DECIMALS
                ? seconds
                : Decimal.of(seconds.toBigDecimal().setScale(SubmissionLimits.MAX_DECIMALS, RoundingMode.HALF_EVEN));
    }

    /** As {@link #count}, 0 where it is absent. */
    Decimal countOrZero(@Nullable JsonNode node, String... path) {
        Decimal count = count(node, path);
        return count == null ? Decimal.ZERO : count;
    }

    /** Adds to a dimension; a 0 that the body states is kept. A sum that is no quantity is an inconsistency. */
    Tally add(String dimension, Decimal count) {
        Decimal sum = quantities.getOrDefault(dimension, Decimal.ZERO).plus(count);
        String objection = SubmissionRules.objection(count.signum() < 0 ? count : sum);
        if (objection != null) {
            return inconsistent(dimension + " " + count + " " + objection);
        }
        quantities.put(dimension, sum);
        return this;
    }

    /** Adds where there is something to add: a count that is null or 0 is as if it had not been there. */
    Tally addIfAny(String dimension, @Nullable Decimal count) {
        return count == null || count.isZero() ? this : add(dimension, count);
    }

    /** What is left of a whole when its parts are taken out; 0 and an inconsistency where they are more than the whole. */
    Decimal rest(String what, Decimal whole, Decimal... parts) {
        Decimal rest = whole;
        for (Decimal part : parts) {
            rest = rest.plus(part.negated());
        }
        if (rest.signum() < 0) {
            inconsistent("the parts of " + what + " are more than its " + whole);
            return Decimal.ZERO;
        }
        return rest;
    }

    /** One number under several names: those that are not 0 must agree. */
    Decimal same(String what, Decimal... stated) {
        Decimal same = Decimal.ZERO;
        for (Decimal count : stated) {
            if (!same.isZero() && !count.isZero() && !same.equals(count)) {
                inconsistent(what + " are " + same + " and " + count);
            }
            same = count.isZero() ? same : count;
        }
        return same;
    }

    /** The stream broke off; what is known is billed. */
    Tally partial(String why) {
        return worsen(Quality.PARTIAL, why);
    }

    /** The counts do not fit, and what is billed all the same follows the vendor's documented default. */
    Tally settled(String why) {
        return worsen(Quality.SETTLED, why);
    }

    /** The counts do not fit and nothing tells which is right. */
    Tally inconsistent(String why) {
        return worsen(Quality.INCONSISTENT, why);
    }

    private Tally worsen(Quality to, String why) {
        if (to.compareTo(quality) > 0) {
            quality = to;
            remark = why;
        }
        return this;
    }

    Tally model(@Nullable String name) {
        model = name;
        return this;
    }

    Tally requestId(@Nullable String id) {
        requestId = id;
        return this;
    }

    /** As the vendor calls it; its words for the standard tier become null, and fast is priority. */
    Tally serviceTier(@Nullable String tier) {
        serviceTier = ServiceTiers.of(tier);
        return this;
    }

    Tally region(@Nullable String name) {
        region = name;
        return this;
    }

    Tally variant(@Nullable String name) {
        variant = name;
        return this;
    }

    Tally speed(@Nullable String name) {
        speed = name;
        return this;
    }

    /** For comparison only, so one that is no amount of money is passed over. */
    Tally vendorCost(@Nullable Decimal usd) {
        boolean isAmount = usd != null && usd.signum() >= 0 && usd.scale() <= 24 && usd.precision() <= 38;
        vendorCost = isAmount ? usd : null;
        return this;
    }

    Reading reading() {
        return reading(quality, quality == Quality.INCONSISTENT ? Map.of() : Collections.unmodifiableMap(quantities));
    }

    /** The body carries no usage: what else is known of the call is kept. */
    Reading missing(String why) {
        remark = why;
        return reading(Quality.MISSING, Map.of());
    }

    private Reading reading(Quality as, Map<String, Decimal> counted) {
        return new Reading(as, counted, remark, model, requestId, serviceTier, region, variant, speed, vendorCost);
    }
}
