package io.tollgate.standalone.promql;

import io.tollgate.standalone.promql.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a query and says what in it does not exist: a metric, a label in a matcher or behind {@code by}, {@code without},
 * {@code on}, or the buckets that a quantile needs. It follows labels through the query: behind {@code sum by (code)} there
 * is {@code code} and nothing else.
 */
public final class PromQl {
    private static final Set<String> AGGREGATIONS =
            Set.of("sum", "min", "max", "avg", "count", "group", "topk", "bottomk", "quantile", "stddev");
    /** Aggregations that choose, and so leave labels as they are. */
    private static final Set<String> CHOICES = Set.of("topk", "bottomk");

    private static final Set<String> FUNCTIONS = Set.of(
            "rate",
            "irate",
            "increase",
            "delta",
            "changes",
            "resets",
            "histogram_quantile",
            "clamp_min",
            "clamp_max",
            "absent",
            "max_over_time",
            "min_over_time",
            "avg_over_time",
            "sum_over_time",
            "time",
            "vector",
            "scalar",
            "abs",
            "ceil",
            "floor",
            "round",
            "sort",
            "sort_desc",
            "deriv",
            "last_over_time");
    private static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", "%", "^", "==", "!=", ">", "<", ">=", "<=", "and", "or", "unless", "atan2");
    private static final Set<String> MATCHERS = Set.of("=", "!=", "=~", "!~");
    /** Which Prometheus gives to everything that it scrapes. */
    private static final Set<String> OF_THE_TARGET = Set.of("job", "instance");

    private final Map<String, Set<String>> known;
    private final List<Token> tokens;
    private final List<String> objections = new ArrayList<>();
    private final Set<String> metrics = new TreeSet<>();
    private int at;

    private PromQl(String query, Map<String, Set<String>> known) {
        this.known = known;
        this.tokens = Token.all(query);
    }

    /**
     * What a query asks for that there is not.
     *
     * @param known labels by metric
     * @throws IllegalArgumentException if it is no query
     */
    public static List<String> objections(String query, Map<String, Set<String>> known) {
        PromQl reader = new PromQl(query, known);
        reader.whole();
        return reader.objections;
    }

    /** The metrics that a query names. */
    public static Set<String> metrics(String query) {
        PromQl reader = new PromQl(query, Map.of());
        reader.whole();
        return reader.metrics;
    }

    private void whole() {
        expression();
        if (peek().kind() != Kind.END) {
            throw new IllegalArgumentException("what is '" + peek().text() + "' behind the end of the query?");
        }
    }

    /** The labels of what it comes to. */
    private Set<String> expression() {
        Set<String> labels = operand();
        while (OPERATORS.contains(peek().text()) && peek().kind() != Kind.STRING) {
            next();
            takeIf("bool");
            if (peek().is("on") || peek().is("ignoring")) {
                boolean on = next().is("on");
                Set<String> matched = labelList();
                if (on) {
                    require(matched, labels, "on");
                }
                if (takeIf("group_left") || takeIf("group_right")) {
                    if (peek().is("(")) {
                        labels = new HashSet<>(labels);
                        labels.addAll(labelList());
                    }
                }
                if (on) {
                    require(matched, operand(), "on");
                    continue;
                }
            }
            Set<String> right = operand();
            labels = labels.isEmpty() ? right : labels;
        }
        return labels;
    }

    private Set<String> operand() {
        if (takeIf("-") || takeIf("+")) {
            return operand();
        }
        Set<String> labels = primary();
        if (peek().kind() == Kind.RANGE) {
            next();
        }
        if (takeIf("offset")) {
            expect(Kind.NUMBER);
        }
        return labels;
    }

    private Set<String> primary() {
        Token token = next();
        if (token.kind() == Kind.NUMBER || token.kind() == Kind.STRING) {
            return Set.of();
        }
        if (token.is("(")) {
            Set<String> labels = expression();
            expect(")");
            return labels;
        }
        if (token.kind() != Kind.NAME) {
            throw new IllegalArgumentException("what is '" + token.text() + "' doing here?");
        }
        if (AGGREGATIONS.contains(token.text()) && (peek().is("(") || peek().is("by") || peek().is("without"))) {
            return aggregation(CHOICES.contains(token.text()));
        }
        if (peek().is("(")) {
            return function(token.text());
        }
        return selector(token.text());
    }

    private Set<String> aggregation(boolean isChoice) {
        Grouping before = grouping();
        Set<String> of = lastArgument();
        Grouping grouping = before.word.isEmpty() ? grouping() : before;
        require(grouping.labels, of, grouping.word);
        if (isChoice) {
            return of;
        }
        if (grouping.word.isEmpty()) {
            return Set.of();
        }
        if (grouping.word.equals("by")) {
            return grouping.labels;
        }
        Set<String> left = new HashSet<>(of);
        left.removeAll(grouping.labels);
        return left;
    }

    private record Grouping(String word, Set<String> labels) {}

    private Grouping grouping() {
        return peek().is("by") || peek().is("without")
                ? new Grouping(next().text(), labelList())
                : new Grouping("", Set.of());
    }

    private Set<String> function(String name) {
        if (!FUNCTIONS.contains(name)) {
            throw new IllegalArgumentException("there is no function " + name + " here");
        }
        Set<String> labels = lastArgument();
        if (!name.equals("histogram_quantile")) {
            return labels;
        }
        require(Set.of("le"), labels, name);
        Set<String> left = new HashSet<>(labels);
        left.remove("le");
        return left;
    }

    /** Of those that are there the one that is no number: it is the last one but for clamp, whose numbers are behind. */
    private Set<String> lastArgument() {
        expect("(");
        Set<String> labels = Set.of();
        while (!peek().is(")")) {
            Set<String> argument = expression();
            labels = argument.isEmpty() ? labels : argument;
            if (!takeIf(",")) {
                break;
            }
        }
        expect(")");
        return labels;
    }

    private Set<String> selector(String metric) {
        metrics.add(metric);
        Set<String> own = known.get(metric);
        if (own == null) {
            objections.add("no metric " + metric);
        }
        Set<String> labels = new HashSet<>(own == null ? Set.of() : own);
        labels.addAll(OF_THE_TARGET);
        if (takeIf("{")) {
            while (!peek().is("}")) {
                String label = expect(Kind.NAME).text();
                if (own != null && !labels.contains(label)) {
                    objections.add("no label " + label + " on " + metric);
                }
                Token matcher = next();
                if (!MATCHERS.contains(matcher.text())) {
                    throw new IllegalArgumentException("no matcher: " + matcher.text());
                }
                expect(Kind.STRING);
                if (!takeIf(",")) {
                    break;
                }
            }
            expect("}");
        }
        return labels;
    }

    private Set<String> labelList() {
        expect("(");
        Set<String> labels = new TreeSet<>();
        while (!peek().is(")")) {
            labels.add(expect(Kind.NAME).text());
            if (!takeIf(",")) {
                break;
            }
        }
        expect(")");
        return labels;
    }

    private void require(Set<String> asked, Set<String> labels, String by) {
        for (String label : asked) {
            if (!labels.contains(label)) {
                objections.add("no label " + label + " for " + by + " among " + new TreeSet<>(labels));
            }
        }
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        return tokens.get(at++);
    }

    private boolean takeIf(String text) {
        boolean there = peek().is(text);
        if (there) {
            at++;
        }
        return there;
    }

    private void expect(String text) {
        if (!takeIf(text)) {
            throw new IllegalArgumentException("'" + text + "' is missing before '" + peek().text() + "'");
        }
    }

    private Token expect(Kind kind) {
        Token token = next();
        if (token.kind() != kind) {
            throw new IllegalArgumentException("'" + token.text() + "' is no " + kind);
        }
        return token;
    }
}
