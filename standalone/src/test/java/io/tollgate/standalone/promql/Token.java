package io.tollgate.standalone.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A word of a query. */
record Token(Kind kind, String text) {
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        /** With its brackets, {@code [5m]} or {@code [1h:1m]}. */
        RANGE,
        SYMBOL,
        END
    }

    /** In this order: a duration begins like a number. */
    private static final Pattern NEXT = Pattern.compile("\\s*(?:"
            + "(?<range>\\[[^\\]]*\\])"
            + "|(?<string>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`)"
            + "|(?<number>[0-9]+(?:ms|[smhdwy])(?:[0-9]+(?:ms|[smhdwy]))*|[0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?)"
            + "|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
            + "|(?<symbol>=~|!~|!=|==|<=|>=|[-+*/%^<>=(){},@])"
            + ")");

    /** A step, as Prometheus reads it or as Grafana puts it in. */
    private static final Pattern RANGE = Pattern.compile(
            "\\[(\\$__rate_interval|\\$__interval|\\$__range|([0-9]+(ms|[smhdwy]))+)(:([0-9]+(ms|[smhdwy]))*)?\\]");

    static List<Token> all(String query) {
        List<Token> tokens = new ArrayList<>();
        Matcher next = NEXT.matcher(query);
        int at = 0;
        while (!query.substring(at).isBlank()) {
            if (!next.find(at) || next.start() != at) {
                throw new IllegalArgumentException("no PromQL at '" + query.substring(at) + "'");
            }
            tokens.add(of(next));
            at = next.end();
        }
        tokens.add(new Token(Kind.END, ""));
        return tokens;
    }

    private static Token of(Matcher found) {
        if (found.group("range") != null) {
            String range = found.group("range");
            if (!RANGE.matcher(range).matches()) {
                throw new IllegalArgumentException("no range: " + range);
            }
            return new Token(Kind.RANGE, range);
        }
        if (found.group("string") != null) {
            return new Token(Kind.STRING, found.group("string"));
        }
        if (found.group("number") != null) {
            return new Token(Kind.NUMBER, found.group("number"));
        }
        return found.group("name") != null
                ? new Token(Kind.NAME, found.group("name"))
                : new Token(Kind.SYMBOL, found.group("symbol"));
    }

    boolean is(String symbolOrName) {
        return kind != Kind.STRING && text.equals(symbolOrName);
    }
}
