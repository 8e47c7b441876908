package io.tollgate.gateway.admin;

import io.tollgate.avro.Company;
import java.time.Instant;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is taken where nobody says otherwise: the company's time zone and currency.
 *
 * @param timezone in force where none is given
 * @param currency in force where none is given
 */
record Home(String timezone, String currency) {
    /** Of what belongs to no company in particular. */
    static final Home NONE = new Home("UTC", "USD");

    private static final int QUARTER_HOUR = 900;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    static Home of(@Nullable Company company) {
        return company == null ? NONE : new Home(company.getTimezone(), company.getCurrency());
    }

    /** Three capitals; a wrong one is noted. */
    String currency(Fields fields) {
        String given = fields.text("currency");
        if (given == null) {
            return currency;
        }
        if (!CURRENCY.matcher(given).matches()) {
            fields.error("currency", "invalid", "must be three capitals, USD say");
        }
        return given;
    }

    /**
     * A time zone that windows can be cut by; where it is not one, that is noted and it is UTC.
     *
     * @param now epoch µs
     */
    ZoneId zone(Fields fields, long now) {
        String given = fields.text("timezone");
        String name = given == null ? timezone : given;
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            fields.error("timezone", "invalid", "'" + name + "' must be a region, Europe/Berlin say, or UTC");
            return ZoneId.of(NONE.timezone());
        }
        ZoneId zone = ZoneId.of(name);
        Instant instant = Instant.ofEpochSecond(now / 1_000_000);
        if (zone.getRules().getOffset(instant).getTotalSeconds() % QUARTER_HOUR != 0) {
            fields.error(
                    "timezone", "invalid", "'" + name + "' is off by part of a quarter hour; usage is counted by them");
        }
        return zone;
    }
}
