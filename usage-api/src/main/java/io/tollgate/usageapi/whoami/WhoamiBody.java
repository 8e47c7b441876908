package io.tollgate.usageapi.whoami;

import io.tollgate.avro.Company;
import org.jspecify.annotations.Nullable;

/**
 * Who a secret belongs to.
 *
 * @param kind key, or admin: the admin token and every named administrator's
 * @param company what a key reads; null: every company
 * @param name the company's
 * @param currency the company's invoices are to be in, null where it has said none
 * @param timezone the company's
 */
record WhoamiBody(
        String kind,
        @Nullable String company,
        @Nullable String name,
        @Nullable String currency,
        @Nullable String timezone) {

    static WhoamiBody admin() {
        return new WhoamiBody("admin", null, null, null, null);
    }

    /** @param company null: it was deleted a moment ago */
    static WhoamiBody key(String id, @Nullable Company company) {
        return company == null
                ? new WhoamiBody("key", id, null, null, null)
                : new WhoamiBody("key", id, company.getName(), company.getCurrency(), company.getTimezone());
    }
}
