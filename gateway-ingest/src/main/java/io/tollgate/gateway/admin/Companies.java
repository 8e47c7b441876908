package io.tollgate.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.avro.Company;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.backbone.ConfigChange;
import io.tollgate.gateway.backbone.Decision;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.http.Problem.FieldError;
import io.tollgate.schemas.topic.Topics;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Companies. One that ends takes its keys with it: they are refused from then on. */
public final class Companies {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final Clock clock;

    public Companies(Clock clock) {
        this.clock = clock;
    }

    public Answer put(AdminRequest request, Backbone backbone) {
        String id = request.variable("id");
        Fields.Parsed body = Fields.parse(request.body());
        if (body.problem() != null) {
            return Answer.problem(body.problem(), request.requestId());
        }
        List<FieldError> errors = new ArrayList<>();
        if (!ID.matcher(id).matches()) {
            errors.add(new FieldError(null, "invalid", "a company's id is a-z, A-Z, 0-9, '.', '_' and '-', up to 128"));
        }
        Fields fields = Fields.of(body.tree(), "", errors);
        long now = Times.micros(clock);
        Company wanted = new Company(
                id, fields.required("name"), currency(fields), timezone(fields), fields.texts("labels"), 1L, now, now);
        fields.refuseOthers();
        if (!errors.isEmpty()) {
            return Answer.problem(Problem.invalid(errors), request.requestId());
        }
        return backbone.writer().write(() -> decide(request, backbone.companies().get(id), wanted));
    }

    public Answer get(AdminRequest request, Backbone backbone) {
        Company company = backbone.companies().get(request.variable("id"));
        return company == null ? notFound(request) : answer(200, company);
    }

    public Answer list(AdminRequest request, Backbone backbone) {
        return Page.answer(request, backbone.companies().values().stream(), Company::getId, CompanyView::of);
    }

    public Answer delete(AdminRequest request, Backbone backbone) {
        String id = request.variable("id");
        return backbone.writer().write(() -> {
            Company prior = backbone.companies().get(id);
            if (prior == null) {
                return Decision.unchanged(notFound(request));
            }
            Problem mismatch = Etag.check(request, prior.getVersion());
            return mismatch != null
                    ? Decision.unchanged(Answer.problem(mismatch, request.requestId()))
                    : Decision.change(
                            new ConfigChange(Topics.CONFIG_COMPANIES, id.getBytes(UTF_8), null), Answer.NO_CONTENT);
        });
    }

    private static Decision<Answer> decide(
            AdminRequest request, @Nullable Company prior, Company wanted) {
        Problem mismatch = Etag.check(request, prior == null ? null : prior.getVersion());
        if (mismatch != null) {
            return Decision.unchanged(Answer.problem(mismatch, request.requestId()));
        }
        Company next = wanted;
        if (prior != null) {
            next = Company.newBuilder(wanted)
                    .setVersion(prior.getVersion() + 1)
                    .setCreatedAt(prior.getCreatedAt())
                    .build();
            if (sayTheSame(prior, next)) {
                return Decision.unchanged(answer(200, prior));
            }
        }
        return Decision.change(
                new ConfigChange(Topics.CONFIG_COMPANIES, next.getId().getBytes(UTF_8), next),
                answer(prior == null ? 201 : 200, next));
    }

    private static boolean sayTheSame(Company one, Company other) {
        return one.getName().equals(other.getName())
                && one.getCurrency().equals(other.getCurrency())
                && one.getTimezone().equals(other.getTimezone())
                && one.getLabels().equals(other.getLabels());
    }

    private static String currency(Fields fields) {
        String currency = fields.text("currency");
        if (currency == null) {
            return "USD";
        }
        if (!CURRENCY.matcher(currency).matches()) {
            fields.error("currency", "invalid", "must be three capitals, USD say");
        }
        return currency;
    }

    private static String timezone(Fields fields) {
        String timezone = fields.text("timezone");
        if (timezone == null) {
            return "UTC";
        }
        try {
            ZoneId ignored = ZoneId.of(timezone);
        } catch (DateTimeException e) {
            fields.error("timezone", "invalid", "must be a time zone, Europe/Berlin say");
        }
        return timezone;
    }

    private static Answer notFound(AdminRequest request) {
        return Answer.problem(
                Problem.notFound("there is no company " + request.variable("id")), request.requestId());
    }

    private static Answer answer(int status, Company company) {
        return Answer.json(status, CompanyView.of(company)).with("etag", Etag.of(company.getVersion()));
    }

    record CompanyView(
            String id,
            String name,
            String currency,
            String timezone,
            Map<String, String> labels,
            long version,
            String createdAt,
            String updatedAt) {
        static CompanyView of(Company company) {
            return new CompanyView(
                    company.getId(),
                    company.getName(),
                    company.getCurrency(),
                    company.getTimezone(),
                    company.getLabels(),
                    company.getVersion(),
                    Times.text(company.getCreatedAt()),
                    Times.text(company.getUpdatedAt()));
        }
    }
}
