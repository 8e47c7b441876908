package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a body says was used.
 *
 * @param quantities by dimension, disjoint (no token is in two of them), none negative; of {@link Quality#MISSING} and
 *     {@link Quality#INCONSISTENT} empty
 * @param remark for people: what does not fit, where something does not
 * @param model that answered, as the body names it
 * @param requestId the vendor's id of the call
 * @param serviceTier that the call was served on: null means standard
 * @param region where the body says so
 * @param variant what else decides the price: an image's size and quality, a search's context
 * @param speed the vendor's name of a faster service with a price of its own; null means none
 * @param vendorCost what the vendor says that it charges, in USD
 */
public record Reading(
        Quality quality,
        Map<String, Decimal> quantities,
        @Nullable String remark,
        @Nullable String model,
        @Nullable String requestId,
        @Nullable String serviceTier,
        @Nullable String region,
        @Nullable String variant,
        @Nullable String speed,
        @Nullable Decimal vendorCost) {}
