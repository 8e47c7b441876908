package io.tollgate.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A method of a path: who may call it, what it takes and what it answers.
 *
 * @param path with its variables in braces
 * @param summary what it does, in half a sentence
 * @param answers by status; a problem's status is not among them
 * @param problems codes by status, beyond those that every call of the same access may have
 */
public record Operation(
        String method,
        String path,
        String summary,
        Access access,
        List<Parameter> parameters,
        @Nullable Content body,
        SortedMap<Integer, Content> answers,
        SortedMap<Integer, Set<String>> problems) {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\*?(\\w+)}");

    /**
     * A parameter.
     *
     * @param in path, query or header
     */
    public record Parameter(String in, String name, boolean required, String description) {}

    /**
     * A body, of a request or an answer.
     *
     * @param shapes by media type; none: it is empty
     * @param examples by media type, JSON
     */
    public record Content(String description, Map<String, Shape> shapes, Map<String, String> examples) {}

    public static Operation get(String path, String summary) {
        return of("GET", path, summary);
    }

    public static Operation put(String path, String summary) {
        return of("PUT", path, summary);
    }

    public static Operation post(String path, String summary) {
        return of("POST", path, summary);
    }

    public static Operation delete(String path, String summary) {
        return of("DELETE", path, summary);
    }

    private static Operation of(String method, String path, String summary) {
        List<Parameter> variables = new ArrayList<>();
        for (Matcher variable = VARIABLE.matcher(path); variable.find(); ) {
            variables.add(new Parameter("path", variable.group(1), true, ""));
        }
        return new Operation(method, path, summary, Access.OPEN, variables, null, new TreeMap<>(), new TreeMap<>());
    }

    public Operation by(Access who) {
        return new Operation(method, path, summary, who, parameters, body, answers, problems);
    }

    /** A query parameter that may be left out. */
    public Operation query(String name, String description) {
        return with(new Parameter("query", name, false, description));
    }

    public Operation header(String name, boolean required, String description) {
        return with(new Parameter("header", name, required, description));
    }

    public Operation with(Parameter parameter) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(parameter);
        return new Operation(method, path, summary, access, more, body, answers, problems);
    }

    /** A list, by pages. */
    public Operation paged(Class<?> item) {
        return query("limit", "items of a page, 1 to 1000; 100 where it is not said")
                .query("cursor", "`next_cursor` of the page before")
                .answers(200, "a page", Shape.page(item))
                .refuses(400, "invalid_parameter");
    }

    /** A JSON body. */
    public Operation takes(Shape shape, String example) {
        return takes("application/json", shape, example);
    }

    /** A body of one of some media types: the same once more for another. */
    public Operation takes(String mediaType, Shape shape, @Nullable String example) {
        Map<String, Shape> shapes = new LinkedHashMap<>(body == null ? Map.of() : body.shapes());
        Map<String, String> examples = new LinkedHashMap<>(body == null ? Map.of() : body.examples());
        shapes.put(mediaType, shape);
        if (example != null) {
            examples.put(mediaType, example);
        }
        Content more = new Content("", shapes, examples);
        return new Operation(method, path, summary, access, parameters, more, answers, problems);
    }

    /** An answer without a body. */
    public Operation answers(int status, String description) {
        return answers(status, new Content(description, Map.of(), Map.of()));
    }

    /** An answer in JSON. */
    public Operation answers(int status, String description, Shape shape) {
        return answers(status, description, "application/json", shape);
    }

    public Operation answers(int status, String description, String mediaType, Shape shape) {
        Content known = answers.get(status);
        Map<String, Shape> shapes = new LinkedHashMap<>(known == null ? Map.of() : known.shapes());
        shapes.put(mediaType, shape);
        return answers(status, new Content(description, shapes, Map.of()));
    }

    private Operation answers(int status, Content answer) {
        SortedMap<Integer, Content> more = new TreeMap<>(answers);
        more.put(status, answer);
        return new Operation(method, path, summary, access, parameters, body, more, problems);
    }

    /** Problems of its own. */
    public Operation refuses(int status, String... codes) {
        SortedMap<Integer, Set<String>> more = new TreeMap<>(problems);
        more.merge(status, new TreeSet<>(Set.of(codes)), (known, added) -> {
            Set<String> both = new TreeSet<>(known);
            both.addAll(added);
            return both;
        });
        return new Operation(method, path, summary, access, parameters, body, answers, more);
    }

    /** {@code GET /v1/stats}. */
    public String route() {
        return method + " " + path;
    }
}
