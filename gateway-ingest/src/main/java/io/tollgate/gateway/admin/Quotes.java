package io.tollgate.gateway.admin;

import io.tollgate.avro.LineItem;
import io.tollgate.avro.RatingState;
import io.tollgate.avro.Usage;
import io.tollgate.avro.VendorReading;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.gateway.ingest.QuotedUsage;
import io.tollgate.pricing.Rating;
import io.tollgate.schemas.decimal.Decimals;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a usage would cost, and why: by the same book and the same rules as the topology, and without a trace. */
public final class Quotes {
    private final Clock clock;

    public Quotes(Clock clock) {
        this.clock = clock;
    }

    /** An event's data with {@code company} and {@code at}; a key that reads sees its own company's prices. */
    public Answer post(AdminRequest request, Backbone backbone) {
        Fields.Parsed body = Fields.parse(request.body());
        if (body.problem() != null) {
            return Answer.problem(body.problem(), request.requestId());
        }
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body.tree(), "", errors);
        String asked = fields.text("company");
        Long at = fields.time("at");
        if (!errors.isEmpty()) {
            return Answer.problem(Problem.invalid(errors), request.requestId());
        }
        String own = request.company();
        if (own != null && asked != null && !own.equals(asked)) {
            return Answer.problem(
                    Problem.forbidden("other_company", "the key is of another company"), request.requestId());
        }
        if (own == null && asked != null && backbone.companies().get(asked) == null) {
            fields.error("company", "unknown_company", "there is no company " + asked);
            return Answer.problem(Problem.invalid(errors), request.requestId());
        }
        QuotedUsage quoted = QuotedUsage.read(request.body(), body.tree().has("format"));
        if (quoted.error() != null) {
            return Answer.problem(Problem.invalid(List.of(quoted.error())), request.requestId());
        }
        Usage usage = quoted.usage();
        usage.setEventTime(at == null ? Times.micros(clock) : at);
        String company = own == null ? asked : own;
        Rating rating = backbone.book().rate(company == null ? "" : company, usage);
        return Answer.json(200, Quote.of(usage, rating));
    }

    /**
     * @param status priced, unpriced, inconsistent or usage_missing
     * @param code why it is unpriced
     * @param remark what does not fit in a vendor's body
     */
    record Quote(
            String status,
            @Nullable String code,
            @Nullable String remark,
            String at,
            String provider,
            String model,
            @Nullable String cost,
            @Nullable String listCost,
            @Nullable String currency,
            @Nullable Long priceVersion,
            List<Line> lines) {

        static Quote of(Usage usage, Rating rating) {
            VendorReading vendor = usage.getVendor();
            return new Quote(
                    status(rating),
                    rating.code(),
                    vendor == null ? null : vendor.getRemark(),
                    Times.text(usage.getEventTime()),
                    usage.getProvider(),
                    usage.getModel(),
                    Decimals.textOrNull(rating.cost()),
                    Decimals.textOrNull(rating.listCost()),
                    rating.currency(),
                    rating.priceVersion(),
                    rating.lines().stream().map(Line::of).toList());
        }

        private static String status(Rating rating) {
            if (rating.state() == RatingState.RATED) {
                return "priced";
            }
            return Rating.INCONSISTENT_USAGE.equals(rating.code())
                    ? "inconsistent"
                    : rating.state().name().toLowerCase(Locale.ROOT);
        }
    }

    /** One dimension, as it is on a row of the ledger. */
    record Line(
            String dimension,
            String unit,
            String quantity,
            @Nullable String unitPrice,
            @Nullable String multiplier,
            @Nullable String cost,
            @Nullable String listUnitPrice,
            @Nullable String listCost,
            @Nullable String priceItem,
            @Nullable String priceMatch,
            @Nullable String tierFrom) {
        static Line of(LineItem line) {
            return new Line(
                    line.getDimension(),
                    line.getUnit(),
                    Decimals.fromAvro(line.getQuantity()).toString(),
                    Decimals.textOrNull(line.getUnitPrice()),
                    Decimals.textOrNull(line.getMultiplier()),
                    Decimals.textOrNull(line.getCost()),
                    Decimals.textOrNull(line.getListUnitPrice()),
                    Decimals.textOrNull(line.getListCost()),
                    line.getPriceItem(),
                    line.getPriceMatch(),
                    Decimals.textOrNull(line.getTierFrom()));
        }
    }
}
