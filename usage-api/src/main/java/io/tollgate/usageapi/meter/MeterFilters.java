package io.tollgate.usageapi.meter;

import io.tollgate.usageapi.access.Caller;
import io.tollgate.usageapi.problem.Problem;
import io.tollgate.usageapi.problem.QueryParameters;
import io.tollgate.usageapi.stats.Grouping;
import io.tollgate.usageapi.stats.StatsQuestion.Filter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client of OpenMeter filters by: {@code subject}, {@code filterCustomerId}, {@code filterGroupBy[NAME]} and
 * {@code advancedMeterGroupByFilters}, a JSON object, of whose operators {@code $eq} and {@code $in} are known.
 */
final class MeterFilters {
    static final String CUSTOMERS = "filterCustomerId";
    static final String ADVANCED = "advancedMeterGroupByFilters";
    private static final String SIMPLE = "filterGroupBy[";

    private MeterFilters() {}

    static boolean isSimple(String parameter) {
        return parameter.startsWith(SIMPLE) && parameter.endsWith("]");
    }

    /** The filters; the company's is there for every caller who is not an administrator. */
    static List<Filter> read(QueryParameters parameters, Caller caller) {
        List<Filter> filters = new ArrayList<>();
        add(filters, Grouping.Column.USER, parameters.all(MeterGroup.SUBJECT));
        add(filters, Grouping.Column.COMPANY, parameters.all(CUSTOMERS));
        for (String parameter : parameters.names()) {
            if (isSimple(parameter)) {
                String name = parameter.substring(SIMPLE.length(), parameter.length() - 1);
                add(filters, MeterGroup.of(parameter, name).by(), parameters.all(parameter));
            }
        }
        advanced(filters, parameters.one(ADVANCED));
        filters.stream()
                .filter(filter -> filter.by() == Grouping.Column.COMPANY)
                .forEach(filter -> filter.values().forEach(caller::limitedTo));
        String only = caller.limitedTo(null);
        if (only != null) {
            filters.add(new Filter(Grouping.Column.COMPANY, List.of(only)));
        }
        return filters;
    }

    private static void add(List<Filter> filters, Grouping by, List<String> values) {
        if (!values.isEmpty()) {
            filters.add(new Filter(by, values));
        }
    }

    private static void advanced(List<Filter> filters, @Nullable String json) {
        if (json == null) {
            return;
        }
        try {
            JsonNode byName = JsonMapper.shared().readTree(json);
            if (!byName.isObject()) {
                throw unreadable(json);
            }
            byName.properties().forEach(entry -> {
                Grouping by = MeterGroup.of(ADVANCED, entry.getKey()).by();
                entry.getValue()
                        .properties()
                        .forEach(operator ->
                                filters.add(new Filter(by, values(operator.getKey(), operator.getValue(), json))));
            });
        } catch (JacksonException e) {
            throw unreadable(json);
        }
    }

    private static List<String> values(String operator, JsonNode operand, String json) {
        if (operator.equals("$eq") && operand.isString()) {
            return List.of(operand.stringValue());
        }
        boolean isList = operator.equals("$in") && operand.isArray() && !operand.isEmpty();
        if (isList && operand.valueStream().allMatch(JsonNode::isString)) {
            return operand.valueStream().map(JsonNode::stringValue).toList();
        }
        throw unreadable(json);
    }

    private static Problem unreadable(String json) {
        return Problem.parameter(
                ADVANCED,
                "invalid_parameter",
                "`" + ADVANCED + "` is `" + json
                        + "`; it takes a JSON object like {\"model\":{\"$in\":[\"a\",\"b\"]},\"provider\":{\"$eq\":\"c\"}},"
                        + " and of the operators $eq and $in.");
    }
}
