package io.tollgate.gateway.admin;

import io.tollgate.avro.ModelName;
import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.pricing.PriceBook;
import io.tollgate.pricing.PriceItemRules;
import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.schemas.decimal.Decimals;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One price item as it is posted: which timeline it belongs to, and the item itself. */
public record PriceItemJson(@Nullable String company, String provider, String model, PriceItem item) {
    private static final String STANDARD = "standard";
    private static final String ANY_TIER = "*";
    private static final String INPUT_TOKENS = "input_tokens";
    private static final String POSTED = "price";
    /** Before any event. */
    private static final long ALWAYS = 0;

    /** The timelines that an item belongs to is one of: (company, provider, model). */
    public TimelineKey timeline() {
        return new TimelineKey(company, provider, model);
    }

    /** What a timeline is kept under. */
    public record TimelineKey(@Nullable String company, String provider, String model) {
        public static TimelineKey of(PriceTimeline timeline) {
            return new TimelineKey(timeline.getCompany(), timeline.getProvider(), timeline.getModel());
        }
    }

    /** An item as it is in the book. */
    public static PriceItemJson of(PriceTimeline timeline, PriceItem item) {
        return new PriceItemJson(timeline.getCompany(), timeline.getProvider(), timeline.getModel(), item);
    }

    /** An item as if it was posted. */
    public static PriceItemJson posted(TimelineKey timeline, PriceItem item) {
        return new PriceItemJson(
                timeline.company(),
                timeline.provider(),
                timeline.model(),
                PriceItem.newBuilder(item).setId(Secrets.newId(POSTED)).build());
    }

    /** Whether an administrator posted an item, in place of it having come with a catalogue. */
    public static boolean isPosted(PriceItem item) {
        return item.getId().startsWith(POSTED + "_");
    }

    /**
     * Reads an item and notes what is wrong with it.
     *
     * @param now epoch µs, when it is recorded
     */
    public static PriceItemJson read(Fields fields, long now) {
        String company = fields.text("company");
        Decimal multiplier = fields.decimal("multiplier");
        ModelName aliasOf = modelName(fields.texts("alias_of"));
        boolean isMarkup = company != null && multiplier != null;
        String provider = isMarkup ? orAny(fields.text("provider")) : fields.required("provider");
        String model = isMarkup ? orAny(fields.text("model")) : fields.required("model");
        if (provider.equals(PriceBook.ANY) && !model.equals(PriceBook.ANY)) {
            fields.error("provider", "missing", "a model needs its provider");
        }
        Long effectiveFrom = fields.time("effective_from");
        if (effectiveFrom == null && !fields.isNull("effective_from")) {
            fields.error("effective_from", "missing", "is required: prices hold from a time on, null for always");
        }
        Decimal tierFrom = fields.decimal("tier_from");
        String tierBasis = fields.text("tier_basis");
        PriceItem item = new PriceItem(
                Secrets.newId(POSTED),
                aliasOf == null ? fields.required("dimension") : orAny(fields.text("dimension")),
                fields.text("unit"),
                Decimals.toAvroOrNull(fields.decimal("unit_price")),
                Decimals.toAvroOrNull(multiplier),
                fields.texts("when"),
                fields.text("currency"),
                Decimals.toAvro(tierFrom == null ? Decimal.ZERO : tierFrom),
                fields.flag("tier_inclusive", false),
                tierBasis == null ? INPUT_TOKENS : tierBasis,
                serviceTier(fields, multiplier != null || aliasOf != null),
                fields.text("region"),
                fields.text("variant"),
                fields.text("time_window_utc"),
                effectiveFrom == null ? ALWAYS : effectiveFrom,
                fields.time("effective_to"),
                now,
                aliasOf);
        if (aliasOf != null
                && aliasOf.getProvider().equals(provider)
                && aliasOf.getModel().equals(model)) {
            fields.error("alias_of", "invalid", "names another model; an alias leads to a price and not to an alias");
        }
        String objection = PriceItemRules.objectionToModel(model, item, company != null);
        if (objection != null) {
            fields.error("model", "invalid", objection);
        }
        fields.refuseOthers();
        if (!fields.hasError("multiplier")) {
            PriceItemRules.check(item).forEach(broken -> fields.error(broken.field(), "invalid", broken.detail()));
        }
        return new PriceItemJson(company, provider, model, item);
    }

    private static @Nullable ModelName modelName(Map<String, String> given) {
        return given.isEmpty()
                ? null
                : new ModelName(given.getOrDefault("provider", ""), given.getOrDefault("model", ""));
    }

    private static String serviceTier(Fields fields, boolean isNoPrice) {
        String given = fields.text("service_tier");
        if (isNoPrice) {
            if (given != null && !given.equals(ANY_TIER)) {
                fields.error("service_tier", "invalid", "only a price has one; a multiplier is narrowed by 'when'");
            }
            return ANY_TIER;
        }
        return given == null ? STANDARD : given;
    }

    private static String orAny(@Nullable String given) {
        return given == null ? PriceBook.ANY : given;
    }

    /** An item as it is read back. */
    public record View(
            String id,
            @Nullable String company,
            String provider,
            String model,
            String dimension,
            @Nullable String unit,
            @Nullable String unitPrice,
            @Nullable String multiplier,
            Map<String, String> when,
            @Nullable String currency,
            String tierFrom,
            boolean tierInclusive,
            String tierBasis,
            String serviceTier,
            @Nullable String region,
            @Nullable String variant,
            @Nullable String timeWindowUtc,
            String effectiveFrom,
            @Nullable String effectiveTo,
            String recordedAt,
            @Nullable Map<String, String> aliasOf) {}

    public View view() {
        return new View(
                item.getId(),
                company,
                provider,
                model,
                item.getDimension(),
                item.getUnit(),
                Decimals.textOrNull(item.getUnitPrice()),
                Decimals.textOrNull(item.getMultiplier()),
                item.getWhen(),
                item.getCurrency(),
                Decimals.fromAvro(item.getTierFrom()).toString(),
                item.getTierInclusive(),
                item.getTierBasis(),
                item.getServiceTier(),
                item.getRegion(),
                item.getVariant(),
                item.getTimeWindowUtc(),
                Times.text(item.getEffectiveFrom()),
                Times.textOrNull(item.getEffectiveTo()),
                Times.text(item.getRecordedAt()),
                aliasOf(item.getAliasOf()));
    }

    private static @Nullable Map<String, String> aliasOf(@Nullable ModelName target) {
        return target == null ? null : Map.of("provider", target.getProvider(), "model", target.getModel());
    }
}
