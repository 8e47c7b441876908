package io.tollgate.gateway.ingest;

import io.tollgate.avro.DimensionQuantity;
import io.tollgate.avro.ReadingQuality;
import io.tollgate.avro.Usage;
import io.tollgate.avro.VendorReading;
import io.tollgate.gateway.format.Quality;
import io.tollgate.gateway.format.Reading;
import io.tollgate.gateway.format.Said;
import io.tollgate.gateway.format.ServiceTiers;
import io.tollgate.gateway.format.UsageFormat;
import io.tollgate.schemas.decimal.Decimals;
import io.tollgate.schemas.submission.RejectionCode;
import io.tollgate.schemas.submission.SubmissionLimits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reading of a vendor's body as a usage. What the producer says outright wins over the body. */
final class VendorUsage {
    private VendorUsage() {}

    /**
     * Fills in what the usage does not say.
     *
     * @param chunks what the format has kept of the body
     */
    static void fill(Usage usage, UsageFormat format, List<JsonNode> chunks) {
        String provider = or(usage.getProvider(), format.provider());
        usage.setProvider(provider);
        Reading reading = format.read(chunks, new Said(provider == null ? "" : provider, usage.getModel()));
        usage.setModel(or(usage.getModel(), reading.model()));
        usage.setRequestId(or(usage.getRequestId(), reading.requestId()));
        usage.setServiceTier(
                usage.getServiceTier() == null ? reading.serviceTier() : ServiceTiers.of(usage.getServiceTier()));
        usage.setRegion(or(usage.getRegion(), reading.region()));
        usage.setVariant(or(usage.getVariant(), reading.variant()));
        usage.setSpeed(or(usage.getSpeed(), reading.speed()));
        List<DimensionQuantity> dimensions =
                new ArrayList<>(reading.quantities().size());
        reading.quantities()
                .forEach(
                        (dimension, count) -> dimensions.add(new DimensionQuantity(dimension, Decimals.toAvro(count))));
        usage.setDimensions(dimensions);
        usage.setVendor(new VendorReading(
                format.name(),
                quality(reading.quality()),
                cut(reading.remark()),
                Decimals.toAvroOrNull(reading.vendorCost()),
                usagePart(format, chunks)));
    }

    /** Objects to what neither the producer nor the body says. */
    static void require(Usage usage, CallNames names, Objections objections) {
        if (usage.getProvider() == null || usage.getProvider().isBlank()) {
            objections.reject(
                    RejectionCode.MISSING_PROVIDER,
                    "",
                    names.provider(),
                    "who was called is not known: send " + names.provider());
        }
        if (usage.getModel() == null || usage.getModel().isBlank()) {
            objections.reject(
                    RejectionCode.MISSING_MODEL, "", names.model(), "the model is not named: send " + names.model());
        }
    }

    private static @Nullable String or(@Nullable String said, @Nullable String read) {
        return said == null || said.isBlank() ? read : said;
    }

    private static ReadingQuality quality(Quality quality) {
        return switch (quality) {
            case COMPLETE -> ReadingQuality.COMPLETE;
            case PARTIAL -> ReadingQuality.PARTIAL;
            case SETTLED -> ReadingQuality.SETTLED;
            case INCONSISTENT -> ReadingQuality.INCONSISTENT;
            case MISSING -> ReadingQuality.MISSING;
        };
    }

    private static @Nullable String cut(@Nullable String remark) {
        if (remark == null) {
            return null;
        }
        String shorter = remark.length() <= SubmissionLimits.MAX_REASON
                ? remark
                : remark.substring(0, SubmissionLimits.MAX_REASON);
        return Texts.writable(shorter);
    }

    /** The body's kept part; of a stream the last chunk that has more than names. Null where that is too long. */
    private static @Nullable String usagePart(UsageFormat format, List<JsonNode> chunks) {
        for (int i = chunks.size() - 1; i >= 0; i--) {
            JsonNode chunk = format.usagePart(chunks.get(i));
            if (i == 0 || chunk.values().stream().anyMatch(JsonNode::isObject)) {
                String text = chunk.toString();
                return text.length() <= SubmissionLimits.MAX_VENDOR_USAGE ? Texts.writable(text) : null;
            }
        }
        return null;
    }
}
