package io.tollgate.usageapi.problem;

import java.time.DateTimeException;
import java.time.ZoneId;

/** A time zone in a query. */
public final class ZoneParameter {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private ZoneParameter() {}

    /**
     * The zone, UTC where the parameter is absent.
     *
     * @throws Problem if there is none of that name
     */
    public static ZoneId read(QueryParameters parameters, String parameter) {
        String name = parameters.one(parameter);
        if (name == null) {
            return UTC;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Problem.parameter(
                    parameter,
                    "invalid_timezone",
                    "`" + parameter + "` is `" + name + "`; it needs a name of the IANA database, like Europe/Berlin.");
        }
    }
}
