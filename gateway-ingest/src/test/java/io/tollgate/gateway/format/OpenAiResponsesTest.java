package io.tollgate.gateway.format;

import static io.tollgate.gateway.format.Bodies.assertReads;
import static io.tollgate.gateway.format.Bodies.quantities;
import static io.tollgate.gateway.format.Bodies.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiResponsesTest {
    @Test
    void toolsAreCountedBesideTheTokens() {
        Reading reading = read(
                "openai.responses",
                """
                {"id":"resp_1","model":"gpt-5","service_tier":"priority",
                 "tools":[{"type":"web_search","search_context_size":"low"}],
                 "output":[{"type":"reasoning"},
                  {"type":"web_search_call","action":{"type":"search","query":"q"}},
                  {"type":"web_search_call","action":{"type":"open_page","url":"u"}},
                  {"type":"web_search_call"},
                  {"type":"file_search_call"},
                  {"type":"code_interpreter_call","container_id":"a"},
                  {"type":"code_interpreter_call","container_id":"b"},
                  {"type":"code_interpreter_call","container_id":"a"}],
                 "usage":{"input_tokens":10,"output_tokens":5,"total_tokens":15,
                  "input_tokens_details":{"cached_tokens":4,"cache_write_tokens":3}}}""");
        assertThat(reading.quality()).isEqualTo(Quality.COMPLETE);
        assertThat(quantities(reading))
                .isEqualTo(Map.of(
                        "input",
                        "3",
                        "cache_read",
                        "4",
                        "cache_write",
                        "3",
                        "output",
                        "5",
                        "web_search_call",
                        "2",
                        "file_search_call",
                        "1",
                        "code_interpreter_session",
                        "2"));
        assertThat(reading.variant()).isEqualTo("low");
        assertThat(reading.serviceTier()).isEqualTo("priority");
    }

    @Test
    void theImageToolsTokensLieOutsideTheUsage() {
        assertReads(
                "openai.responses",
                """
                {"usage":{"input_tokens":10,"output_tokens":5,"total_tokens":15},
                 "tool_usage":{"image_gen":{"input_tokens":40,"output_tokens":1056,"total_tokens":1096}}}""",
                Map.of("input", "10", "output", "5", "tool_image_input", "40", "tool_image_output", "1056"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"response.completed", "response.incomplete", "response.failed"})
    void aStreamIsBilledWhicheverWayItEnds(String end) {
        assertReads(
                "openai.responses.stream",
                """
                [{"type":"response.created","response":{"id":"resp_1","usage":null}},
                 {"type":"response.output_item.done","item":{"type":"web_search_call","action":{"type":"search"}}},
                 {"type":"%s","response":{"id":"resp_1","output":[],
                  "usage":{"input_tokens":10,"output_tokens":16,"total_tokens":26,"output_tokens_details":{"reasoning_tokens":16}}}}]"""
                        .formatted(end),
                Map.of("input", "10", "output", "0", "reasoning", "16", "web_search_call", "1"));
    }

    @Test
    void anItemThatTheEndRepeatsIsCountedOnce() {
        assertReads(
                "openai.responses.stream",
                """
                [{"type":"response.output_item.done","item":{"type":"file_search_call"}},
                 {"type":"response.completed","response":{"output":[{"type":"file_search_call"}],
                  "usage":{"input_tokens":1,"output_tokens":1}}}]""",
                Map.of("input", "1", "output", "1", "file_search_call", "1"));
    }

    @Test
    void aStreamWithoutItsEndIsPartialWhereAUsageIsKnownElseMissing() {
        Reading known = read(
                "openai.responses.stream",
                "[{\"type\":\"response.in_progress\",\"response\":{\"usage\":{\"input_tokens\":7,\"output_tokens\":0}}}]");
        assertThat(known.quality()).isEqualTo(Quality.PARTIAL);
        assertThat(quantities(known)).isEqualTo(Map.of("input", "7", "output", "0"));
        Reading unknown = read(
                "openai.responses.stream",
                "[{\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"model\":\"gpt-5\",\"usage\":null}}]");
        assertThat(unknown.quality()).isEqualTo(Quality.MISSING);
        assertThat(unknown.requestId()).isEqualTo("resp_1");
    }
}
