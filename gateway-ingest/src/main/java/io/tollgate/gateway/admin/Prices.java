package io.tollgate.gateway.admin;

import io.tollgate.avro.PriceItem;
import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.admin.PriceItemJson.TimelineKey;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.ConfigChange;
import io.tollgate.gateway.backbone.Decision;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.gateway.ingest.Timestamps;
import io.tollgate.pricing.PriceTimelines;
import io.tollgate.schemas.PriceKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The price book. A change is in every partition of its topic, and readable in each, before it is answered: an event that
 * is posted after the answer meets the new price.
 */
public final class Prices {
    /** Items in one call: one transaction, whose timelines are rewritten whole. */
    private static final int MAX_ITEMS = 5_000;

    private static final List<Filter<PriceItemJson>> FILTERS = List.of(
            Filter.equal("company", PriceItemJson::company),
            Filter.equal("provider", PriceItemJson::provider),
            Filter.equal("model", PriceItemJson::model),
            Filter.equal("dimension", json -> json.item().getDimension()));
    private static final List<Filter<PriceItemJson>> FILTERS_AT = Stream.concat(
                    FILTERS.stream(), Stream.of(Filter.<PriceItemJson>elsewhere("at")))
            .toList();

    private final Clock clock;

    public Prices(Clock clock) {
        this.clock = clock;
    }

    /** Adds a list of items, all of them or none. */
    public Answer post(AdminRequest request, Backbone backbone) {
        Fields.Parsed body = Fields.parse(request.body());
        if (body.problem() != null) {
            return Answer.problem(body.problem(), request.requestId());
        }
        List<JsonNode> nodes = body.tree().isArray() ? List.copyOf(body.tree().values()) : List.of();
        if (nodes.isEmpty() || nodes.size() > MAX_ITEMS) {
            Problem count = Problem.invalid(
                    List.of(new FieldError("", "invalid", "send an array of 1 to " + MAX_ITEMS + " price items")));
            return Answer.problem(count, request.requestId());
        }
        long now = Times.micros(clock);
        List<FieldError> errors = new ArrayList<>();
        List<PriceItemJson> items = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            items.add(PriceItemJson.read(Fields.of(nodes.get(i), "/" + i, errors), now));
        }
        return errors.isEmpty()
                ? backbone.writer().write(request.actor(), () -> decide(request, backbone, items, now))
                : Answer.problem(Problem.invalid(errors), request.requestId());
    }

    /** What is in force at {@code ?at=}, now without it. */
    public Answer list(AdminRequest request, Backbone backbone) {
        String at = request.query().get("at");
        long time = at == null ? Times.micros(clock) : Timestamps.parse(at);
        if (time == Timestamps.INVALID) {
            return request.refuse("at is no RFC 3339 time, 2026-11-21T10:00:00Z say");
        }
        return page(request, backbone, FILTERS_AT, timeline -> PriceTimelines.inForce(timeline, time));
    }

    /** Every item ever recorded. */
    public Answer history(AdminRequest request, Backbone backbone) {
        return page(request, backbone, FILTERS, PriceTimeline::getItems);
    }

    private static Decision<Answer> decide(
            AdminRequest request, Backbone backbone, List<PriceItemJson> items, long now) {
        List<FieldError> unknown = unknownCompanies(items, backbone);
        if (!unknown.isEmpty()) {
            return Decision.unchanged(Answer.problem(Problem.invalid(unknown), request.requestId()));
        }
        long version = backbone.priceVersion();
        PriceChange change = PriceChange.of(
                items,
                key -> backbone.prices().get(PriceKey.of(key.company(), key.provider(), key.model())),
                version + 1,
                now);
        if (!change.refusals().isEmpty()) {
            return Decision.unchanged(Answer.problem(Problem.invalid(change.refusals()), request.requestId()));
        }
        List<ConfigChange> changes = change.changed().stream()
                .map(timeline -> PriceAudit.change(backbone.prices().get(PriceKey.of(timeline)), timeline))
                .toList();
        boolean isChange = !changes.isEmpty();
        Added body = new Added(
                isChange ? version + 1 : version,
                change.items().stream().map(PriceItemJson::view).toList());
        return new Decision<>(changes, Answer.json(isChange ? 201 : 200, body));
    }

    /**
     * Items as they are in the book.
     *
     * @param version of the book that has them
     */
    record Added(long version, List<PriceItemJson.View> items) {}

    private static List<FieldError> unknownCompanies(List<PriceItemJson> items, Backbone backbone) {
        List<FieldError> unknown = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String company = items.get(i).company();
            if (company != null && backbone.companies().get(company) == null) {
                unknown.add(new FieldError(
                        "/" + i + "/company", "unknown_company", "company: there is no company " + company));
            }
        }
        return unknown;
    }

    private static Answer page(
            AdminRequest request,
            Backbone backbone,
            List<Filter<PriceItemJson>> filters,
            Function<PriceTimeline, List<PriceItem>> itemsOf) {
        Stream<PriceItemJson> items = backbone.prices().values().stream()
                .flatMap(timeline -> itemsOf.apply(timeline).stream().map(item -> PriceItemJson.of(timeline, item)));
        return Page.answer(request, filters, items, Prices::order, PriceItemJson::view);
    }

    /** The global book first, then by model, dimension and time; the id makes it unique. */
    private static String order(PriceItemJson json) {
        TimelineKey key = json.timeline();
        PriceItem item = json.item();
        return String.join(
                "\u0001",
                key.company() == null ? "" : key.company(),
                key.provider(),
                key.model(),
                item.getDimension(),
                "%020d".formatted(item.getEffectiveFrom()),
                item.getId());
    }
}
