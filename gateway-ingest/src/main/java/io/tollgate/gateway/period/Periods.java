package io.tollgate.gateway.period;

import io.tollgate.avro.ClosedPeriod;
import io.tollgate.gateway.admin.AdminApi;
import io.tollgate.gateway.admin.AdminRequest;
import io.tollgate.gateway.admin.Etag;
import io.tollgate.gateway.admin.Page;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.openapi.Operation;
import io.tollgate.openapi.Shape;
import java.time.Clock;
import java.time.YearMonth;
import java.util.List;

/** Months of usage: which are closed, and closing one. None is ever opened again, and none is part of a document. */
public final class Periods {
    private static final String PATH = "/admin/v1/periods";

    private final Clock clock;

    public Periods(Clock clock) {
        this.clock = clock;
    }

    /** For the OpenAPI document. */
    public static List<Operation> operations() {
        Shape period = Shape.of(PeriodView.class);
        return List.of(
                AdminApi.read(Operation.get(PATH, "Months that were closed, the oldest first"))
                        .paged(PeriodView.class),
                AdminApi.read(Operation.get(PATH + "/{month}", "A closed month, `2026-10` say"))
                        .answers(200, "when it was closed, and what it takes in", period)
                        .refuses(404, "not_found"),
                AdminApi.changed(Operation.post(PATH + "/{month}/close", "Close a month of usage, for good"))
                        .answers(200, "it was closed before: its record, which stands", period)
                        .answers(201, "it is closed, and so are those before it", period)
                        .refuses(409, "period_not_ended"));
    }

    /** Those with a record of their own. */
    public Answer list(AdminRequest request, Backbone backbone) {
        return Page.answer(
                request, backbone.periods().values().stream(), ClosedPeriod::getMonth, PeriodView::of, page -> page);
    }

    public Answer get(AdminRequest request, Backbone backbone) {
        YearMonth month = Months.parse(request.variable("month"));
        ClosedPeriod closing =
                month == null ? null : Months.closing(month, backbone.periods().values());
        return month == null || closing == null
                ? Answer.problem(
                        Problem.notFound(request.variable("month") + " is no closed month"), request.requestId())
                : answer(200, month, closing);
    }

    /** Closes a month that has ended, and with it those before; one that is closed stays as it is. */
    public Answer close(AdminRequest request, Backbone backbone) {
        String text = request.variable("month");
        YearMonth month = Months.parse(text);
        if (month == null) {
            FieldError error = new FieldError(null, "invalid", "'" + text + "' is no month; write 2026-10, say");
            return Answer.problem(Problem.invalid(List.of(error)), request.requestId());
        }
        ClosedPeriod known = Months.closing(month, backbone.periods().values());
        Problem mismatch = Etag.check(request, known == null ? null : Long.valueOf(known.getVersion()));
        if (mismatch != null) {
            return Answer.problem(mismatch, request.requestId());
        }
        PeriodClosing.Result result = PeriodClosing.close(request.actor(), backbone, month, clock);
        return result instanceof PeriodClosing.Closed closed
                ? answer(closed.isNew() ? 201 : 200, month, closed.period())
                : Answer.problem(notEnded(month), request.requestId());
    }

    private static Problem notEnded(YearMonth month) {
        return Problem.of(
                409,
                "period_not_ended",
                "The month has not ended",
                "%s ends when %s begins by UTC; what is closed stays closed, so close it then"
                        .formatted(month, month.plusMonths(1).atDay(1)));
    }

    private static Answer answer(int status, YearMonth month, ClosedPeriod period) {
        return Answer.json(status, PeriodView.of(month.toString(), period)).with("etag", Etag.of(period.getVersion()));
    }
}
