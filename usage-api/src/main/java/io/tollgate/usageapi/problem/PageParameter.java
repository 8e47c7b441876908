package io.tollgate.usageapi.problem;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which page of a list is asked for, by {@code ?cursor=&limit=}.
 *
 * @param limit items of a page
 * @param after what the last item of the page before is ordered by; empty: the first page
 */
public record PageParameter(int limit, List<String> after) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    /**
     * The page that a query asks for.
     *
     * @param columns how many texts the list is ordered by
     * @throws Problem if the limit is out of bounds, or the cursor is none of such a list
     */
    public static PageParameter read(QueryParameters parameters, int columns) {
        return new PageParameter(limit(parameters.one("limit")), after(parameters.one("cursor"), columns));
    }

    /** The {@code next_cursor} behind an item. */
    public static String cursor(List<String> last) {
        byte[] json = JsonMapper.shared().writeValueAsBytes(last);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }

    private static int limit(@Nullable String given) {
        try {
            int limit = given == null ? DEFAULT_LIMIT : Integer.parseInt(given);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Answered below.
        }
        throw Problem.parameter(
                "limit", "invalid_parameter", "`limit` is `" + given + "`; it is from 1 to " + MAX_LIMIT + ".");
    }

    private static List<String> after(@Nullable String cursor, int columns) {
        if (cursor == null) {
            return List.of();
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(cursor);
            List<String> after = new ArrayList<>();
            for (JsonNode text : JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8))) {
                after.add(text.stringValue());
            }
            if (after.size() == columns && after.stream().noneMatch(text -> text.indexOf('\0') >= 0)) {
                return List.copyOf(after);
            }
        } catch (IllegalArgumentException | JacksonException e) {
            // Answered below.
        }
        throw Problem.parameter("cursor", "invalid_parameter", "`cursor` is no next_cursor of this list.");
    }
}
