package io.tollgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.avro.Actor;
import io.tollgate.avro.ActorKind;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PageTest {
    @Test
    void aListIsOrderedAndOnOnePageWhereItFits() {
        JsonNode page = page(List.of("b", "c", "a"), null, null);

        assertThat(items(page)).containsExactly("a", "b", "c");
        assertThat(page.path("next_cursor").isNull()).isTrue();
        assertThat(page.has("next_cursor")).isTrue();
    }

    @Test
    void nothingIsAPageToo() {
        assertThat(items(page(List.of(), null, null))).isEmpty();
    }

    @Test
    void theCursorLeadsThroughAllOfTheListOnce() {
        List<String> all = List.of("e", "d", "c", "b", "a", "é");
        List<String> met = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            JsonNode page = page(all, cursor, "2");
            met.addAll(items(page));
            cursor = page.path("next_cursor").asString(null);
            pages++;
        } while (cursor != null);

        assertThat(met).containsExactly("a", "b", "c", "d", "e", "é");
        assertThat(pages).isEqualTo(3);
    }

    /** Without its place in the list the cursor still says where it was. */
    @Test
    void aCursorOutlivesItsItem() {
        String cursor =
                page(List.of("a", "b", "c"), null, "2").path("next_cursor").asString();

        assertThat(items(page(List.of("a", "c", "d"), cursor, "2"))).containsExactly("c", "d");
    }

    @Test
    void aPageHas100ItemsWhereNoLimitIsGivenAnd1000AtTheMost() {
        List<String> many =
                IntStream.range(0, 1_001).mapToObj("%04d"::formatted).toList();

        assertThat(items(page(many, null, null))).hasSize(100);
        assertThat(items(page(many, null, "1"))).containsExactly("0000");
        assertThat(items(page(many, null, "1000"))).hasSize(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "", "ten", "1.5", "99999999999"})
    void aLimitThatIsNoneIsRefused(String limit) {
        assertRefused(answer(List.of("a"), null, limit), "limit is from 1 to 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "a", "a b", "é"})
    void aCursorThatIsNoneIsRefused(String cursor) {
        assertRefused(answer(List.of("a"), cursor, null), "cursor is no next_cursor of this list");
    }

    @Test
    void anEmptyCursorIsTheBeginning() {
        assertThat(items(page(List.of("a"), "", null))).containsExactly("a");
    }

    @Test
    void theCursorIsTheLastItemsOrder() {
        String cursor = page(List.of("a", "b"), null, "1").path("next_cursor").asString();

        assertThat(Base64.getUrlDecoder().decode(cursor)).asString().isEqualTo("a");
    }

    @Test
    void filtersAllHold() {
        assertThat(items(narrowed(Map.of("starts", "a")))).containsExactly("ab", "ac");
        assertThat(items(narrowed(Map.of("starts", "a", "is", "ac")))).containsExactly("ac");
        assertThat(items(narrowed(Map.of("starts", "a", "is", "bb")))).isEmpty();
        assertThat(items(narrowed(Map.of("label", "long:false")))).containsExactly("b");
        assertThat(items(narrowed(Map.of("long", "true", "limit", "1")))).containsExactly("ab");
        assertThat(items(narrowed(Map.of("letter", "c")))).containsExactly("ac");
        assertThat(items(narrowed(Map.of("at", "any")))).hasSize(4);
    }

    /** With a typing error in a filter everything would be listed. */
    @Test
    void aParameterThatNobodyKnowsIsRefused() {
        assertRefused(
                filtered(Map.of("stats", "a")),
                "there is no parameter stats here; there are [at, cursor, is, label, letter, limit, long, starts]");
        assertRefused(filtered(Map.of("long", "yes")), "long must be one of [false, true]");
        assertRefused(filtered(Map.of("label", "long")), "label must be name:value, team:search say");
    }

    private static JsonNode narrowed(Map<String, String> query) {
        Answer answer = filtered(query);
        assertThat(answer.status()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    private static Answer filtered(Map<String, String> query) {
        List<Filter<String>> filters = List.of(
                new Filter<>("starts", "a text", wanted -> item -> item.startsWith(wanted)),
                Filter.equal("is", Function.identity()),
                Filter.flag("long", item -> item.length() > 1),
                Filter.among("letter", item -> List.of(item.split(""))),
                Filter.label(item -> Map.of("long", Boolean.toString(item.length() > 1))),
                Filter.elsewhere("at"));
        return Page.answer(
                request(query), filters, Stream.of("b", "bb", "ac", "ab"), Function.identity(), Function.identity());
    }

    private static void assertRefused(Answer answer, String detail) {
        JsonNode problem = Json.MAPPER.readTree(answer.body());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(problem.path("code").asString()).isEqualTo("invalid_parameter");
        assertThat(problem.path("detail").asString()).isEqualTo(detail);
        assertThat(problem.path("instance").asString()).isEqualTo("request-1");
    }

    private static JsonNode page(List<String> all, @Nullable String cursor, @Nullable String limit) {
        Answer answer = answer(all, cursor, limit);
        assertThat(answer.status()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    private static Answer answer(List<String> all, @Nullable String cursor, @Nullable String limit) {
        Map<String, String> query = new HashMap<>();
        if (cursor != null) {
            query.put("cursor", cursor);
        }
        if (limit != null) {
            query.put("limit", limit);
        }
        return Page.answer(request(query), List.of(), all.stream(), Function.identity(), Function.identity());
    }

    private static AdminRequest request(Map<String, String> query) {
        return new AdminRequest(
                Map.of(),
                query,
                null,
                new Actor(ActorKind.TOKEN, null, null, "request-1"),
                null,
                null,
                new byte[0],
                "request-1");
    }

    private static List<String> items(JsonNode page) {
        List<String> items = new ArrayList<>();
        page.path("items").forEach(item -> items.add(item.asString()));
        return items;
    }
}
