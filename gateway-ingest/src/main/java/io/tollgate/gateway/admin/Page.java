package io.tollgate.gateway.admin;

import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A page of a list: {@code {"items":[…],"next_cursor":null}}, asked for by {@code ?cursor=&limit=}. */
public record Page(List<Object> items, @Nullable String nextCursor) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    /**
     * The page that was asked for.
     *
     * @param order what the list is ordered by, different for each; the cursor is the last one's
     */
    public static <T> Answer answer(AdminRequest request, Stream<T> all, Function<T, String> order, Function<T, ?> view) {
        return answer(request, all, order, view, page -> page);
    }

    /**
     * The page, with more around it.
     *
     * @param body what is answered
     */
    public static <T> Answer answer(
            AdminRequest request,
            Stream<T> all,
            Function<T, String> order,
            Function<T, ?> view,
            Function<Page, Object> body) {
        Integer limit = limit(request.query().get("limit"));
        String after = after(request.query().get("cursor"));
        if (limit == null || after == null) {
            String detail = limit == null ? "limit is from 1 to " + MAX_LIMIT : "cursor is no next_cursor of this list";
            return Answer.problem(Problem.unreadable("invalid_parameter", detail), request.requestId());
        }
        List<Placed<T>> found = all.map(item -> new Placed<>(order.apply(item), item))
                .filter(placed -> placed.place().compareTo(after) > 0)
                .sorted(Comparator.comparing(Placed::place))
                .limit(limit + 1L)
                .toList();
        boolean more = found.size() > limit;
        List<Object> items = new ArrayList<>();
        found.stream().limit(limit).forEach(placed -> items.add(view.apply(placed.item())));
        return Answer.json(
                200, body.apply(new Page(items, more ? cursor(found.get(limit - 1).place()) : null)));
    }

    /** An item with what it is ordered by, worked out once. */
    private record Placed<T>(String place, T item) {}

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
