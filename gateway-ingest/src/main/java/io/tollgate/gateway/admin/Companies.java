package io.tollgate.gateway.admin;

import io.tollgate.avro.Company;
import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.http.Answer;
import io.tollgate.schemas.topic.Topics;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Companies. One that ends takes its keys with it: they are refused from then on; its quotas and alert rules are idle. */
public final class Companies {
    private static final Kind<Company> COMPANY = new Kind<>(
            "company", Topics.CONFIG_COMPANIES, Backbone::companies, CompanyView::of, Company::getId, Company::getId);
    static final Section<Company> SECTION =
            Section.of("companies", Company.class, COMPANY, (fields, id, prior, known, now) -> read(fields, id, now));
    private static final List<Filter<Company>> FILTERS = List.of(
            Filter.equal("name", Company::getName),
            Filter.equal("currency", Company::getCurrency),
            Filter.label(Company::getLabels));

    private final Clock clock;

    public Companies(Clock clock) {
        this.clock = clock;
    }

    public Answer put(AdminRequest request, Backbone backbone) {
        String id = request.variable("id");
        long now = Times.micros(clock);
        return COMPANY.put(request, backbone, Kind.key(request), (fields, prior) -> read(fields, id, now));
    }

    public Answer get(AdminRequest request, Backbone backbone) {
        return COMPANY.get(request, backbone, Kind.key(request));
    }

    public Answer list(AdminRequest request, Backbone backbone) {
        return COMPANY.list(request, backbone, FILTERS);
    }

    public Answer delete(AdminRequest request, Backbone backbone) {
        return COMPANY.delete(request, backbone, Kind.key(request));
    }

    private static Company read(Fields fields, String id, long now) {
        Kind.checkId(fields, id);
        return new Company(
                id,
                fields.required("name"),
                Home.NONE.currency(fields),
                timezone(fields),
                fields.texts("labels"),
                1L,
                now,
                now);
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
