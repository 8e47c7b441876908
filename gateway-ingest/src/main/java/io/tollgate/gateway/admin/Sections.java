package io.tollgate.gateway.admin;

import java.util.List;

/** Every kind of record that a document of the whole configuration holds, prices apart. */
public final class Sections {
    private static final List<Section<?>> ALL = List.of(
            Companies.SECTION,
            Users.SECTION,
            Keys.SECTION,
            Webhooks.SECTION,
            Quotas.SECTION,
            AlertRules.SECTION,
            Admins.SECTION);

    private Sections() {}

    /** Each after those whose records it names. */
    public static List<Section<?>> all() {
        return ALL;
    }
}
