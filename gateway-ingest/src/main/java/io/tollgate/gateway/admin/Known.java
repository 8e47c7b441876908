package io.tollgate.gateway.admin;

import io.tollgate.avro.ApiKey;
import io.tollgate.avro.Company;
import io.tollgate.avro.Quota;
import io.tollgate.avro.Webhook;
import io.tollgate.gateway.backbone.Backbone;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a record may name: looked up by id, null where there is none. */
public record Known(
        Function<String, @Nullable Company> companies,
        Function<String, @Nullable ApiKey> keys,
        Function<String, @Nullable Quota> quotas,
        Function<String, @Nullable Webhook> webhooks) {

    static Known of(Backbone backbone) {
        return new Known(
                backbone.companies()::get,
                backbone.keys().table()::get,
                backbone.quotas()::get,
                backbone.webhooks()::get);
    }

    /** The company that a record names; noted where there is none. */
    @Nullable
    Company company(Fields fields, String id) {
        Company company = companies.apply(id);
        if (company == null && !id.isEmpty()) {
            fields.error("company", "unknown_company", "there is no company " + id);
        }
        return company;
    }
}
