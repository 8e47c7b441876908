package io.tollgate.usageapi.meter;

import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.stats.Grouping;
import java.util.ArrayList;
import java.util.List;

/**
 * A group under the name that a client of OpenMeter has for it.
 *
 * @param name {@code subject} is the user and {@code customer_id} the company; all others are those of {@code
 *     /v1/stats}
 */
record MeterGroup(String name, Grouping by) {
    static final String SUBJECT = "subject";
    static final String CUSTOMER = "customer_id";

    /** @throws Problem if there is no such group */
    static MeterGroup of(String parameter, String name) {
        Grouping by =
                switch (name) {
                    case SUBJECT -> Grouping.Column.USER;
                    case CUSTOMER -> Grouping.Column.COMPANY;
                    default -> Grouping.of(name);
                };
        if (by == null) {
            throw Problem.parameter(
                    parameter,
                    "invalid_parameter",
                    "`" + parameter + "` has `" + name + "`; it takes " + names() + " and label:NAME.");
        }
        return new MeterGroup(name, by);
    }

    static List<String> names() {
        List<String> names = new ArrayList<>(List.of(SUBJECT, CUSTOMER));
        names.addAll(Grouping.columnWords());
        return names;
    }
}
