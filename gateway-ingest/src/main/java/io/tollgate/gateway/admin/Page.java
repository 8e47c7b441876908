package io.tollgate.gateway.admin;

import io.tollgate.gateway.http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list: {@code {"items":[…],"next_cursor":null}}, asked for by {@code ?cursor=&limit=} and what the list may be
 * narrowed by. A parameter that is none of these is refused: a filter with a typing error would list everything.
 */
public record Page(List<Object> items, @Nullable String nextCursor) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";

    /**
     * The page that was asked for.
     *
     * @param filters by which the list may be narrowed
     * @param order what the list is ordered by, different for each; the cursor is the last one's
     */
    static <T> Answer answer(
            AdminRequest request,
            List<Filter<T>> filters,
            Stream<T> all,
            Function<T, String> order,
            Function<T, ?> view) {
        return answer(request, filters, all, order, view, page -> page);
    }

    /**
     * The page of a list that can't be narrowed, with more around it.
     *
     * @param body what is answered
     */
    public static <T> Answer answer(
            AdminRequest request,
            Stream<T> all,
            Function<T, String> order,
            Function<T, ?> view,
            Function<Page, Object> body) {
        return answer(request, List.of(), all, order, view, body);
    }

    private static <T> Answer answer(
            AdminRequest request,
            List<Filter<T>> filters,
            Stream<T> all,
            Function<T, String> order,
            Function<T, ?> view,
            Function<Page, Object> body) {
        Integer limit = limit(request.query().get(LIMIT));
        String after = after(request.query().get(CURSOR));
        if (limit == null || after == null) {
            return request.refuse(
                    limit == null ? "limit is from 1 to " + MAX_LIMIT : "cursor is no next_cursor of this list");
        }
        Predicate<T> wanted = item -> true;
        for (Map.Entry<String, String> parameter : request.query().entrySet()) {
            String name = parameter.getKey();
            if (name.equals(LIMIT) || name.equals(CURSOR)) {
                continue;
            }
            Filter<T> filter = named(filters, name);
            if (filter == null) {
                return request.refuse("there is no parameter " + name + " here; there are " + names(filters));
            }
            Predicate<T> narrowed = filter.reading().apply(parameter.getValue());
            if (narrowed == null) {
                return request.refuse(name + " must be " + filter.rule());
            }
            wanted = wanted.and(narrowed);
        }
        return Answer.json(200, body.apply(page(limit, after, all.filter(wanted), order, view)));
    }

    private static <T> Page page(
            int limit, String after, Stream<T> wanted, Function<T, String> order, Function<T, ?> view) {
        List<Placed<T>> found = wanted.map(item -> new Placed<>(order.apply(item), item))
                .filter(placed -> placed.place().compareTo(after) > 0)
                .sorted(Comparator.comparing(Placed::place))
                .limit(limit + 1L)
                .toList();
        boolean more = found.size() > limit;
        List<Object> items = new ArrayList<>();
        found.stream().limit(limit).forEach(placed -> items.add(view.apply(placed.item())));
        return new Page(items, more ? cursor(found.get(limit - 1).place()) : null);
    }

    /** An item with what it is ordered by, worked out once. */
    private record Placed<T>(String place, T item) {}

    private static <T> @Nullable Filter<T> named(List<Filter<T>> filters, String name) {
        return filters.stream()
                .filter(filter -> filter.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static <T> TreeSet<String> names(List<Filter<T>> filters) {
        TreeSet<String> names = new TreeSet<>(List.of(LIMIT, CURSOR));
        filters.forEach(filter -> names.add(filter.name()));
        return names;
    }

    private static String cursor(String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String after(@Nullable String cursor) {
        if (cursor == null) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Integer limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            return limit >= 1 && limit <= MAX_LIMIT ? limit : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
