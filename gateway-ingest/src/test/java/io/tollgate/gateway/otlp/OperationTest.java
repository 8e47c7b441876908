package io.tollgate.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Which spans are one model call, by what they say of themselves alone. */
class OperationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat gpt-4o    | gen_ai.operation.name=chat                       | LEAF  | chat",
                "x              | gen_ai.operation.name=generate_content           | LEAF  | generate_content",
                "x              | gen_ai.operation.name=text_completion            | LEAF  | text_completion",
                "x              | gen_ai.operation.name=embeddings                 | LEAF  | embeddings",
                "x              | gen_ai.operation.name=embedding                  | LEAF  | embeddings",
                "x              | gen_ai.operation.name=Chat.Completions           | LEAF  | chat",
                "x              | gen_ai.operation.name=retrieval                  | INNER |",
                "x              | gen_ai.operation.name=retrieval,ai.usage.tokens=5 | LEAF | retrieval",
                "x              | gen_ai.operation.name=invoke_agent               | INNER |",
                "x              | gen_ai.operation.name=agent_step                 | INNER |",
                "x              | gen_ai.operation.name=invoke_workflow            | INNER |",
                "x              | gen_ai.operation.name=create_agent               | INNER |",
                "x              | gen_ai.operation.name=execute_tool               | INNER |",
                "x              | gen_ai.operation.name=plan                       | INNER |",
                "x              | gen_ai.operation.name=something_new              | UNKNOWN_OPERATION |",
                "x              | gen_ai.operation.name=something_new,openinference.span.kind=LLM | LEAF | chat",
                "x              | ai.operationId=ai.generateText                   | INNER |",
                "x              | ai.operationId=ai.streamText                     | INNER |",
                "x              | ai.operationId=ai.generateText.doGenerate        | LEAF  | chat",
                "x              | ai.operationId=ai.streamObject.doStream          | LEAF  | chat",
                "x              | ai.operationId=ai.embedMany.doEmbed              | LEAF  | embeddings",
                "x              | ai.operationId=ai.embedMany                      | INNER |",
                "x              | ai.operationId=ai.toolCall                       | INNER |",
                "x              | ai.operationId=ai.newThing.doNew                 | UNKNOWN_OPERATION |",
                "x              | operation.name=ai.streamText.doStream my-function | LEAF | chat",
                "x              | operation.name=ai.streamText my-function         | INNER |",
                "x              | operation.name=checkout                          | OTHER |",
                "x              | openinference.span.kind=LLM                      | LEAF  | chat",
                "x              | openinference.span.kind=RERANKER                 | LEAF  | rerank",
                "x              | openinference.span.kind=CHAIN                    | INNER |",
                "x              | openinference.span.kind=AGENT,gen_ai.operation.name=chat | INNER |",
                "x              | llm.request.type=completion                      | LEAF  | text_completion",
                "x              | traceloop.span.kind=workflow                     | INNER |",
                "x              | traceloop.span.kind=task,gen_ai.operation.name=chat | INNER |",
                "openai.chat    | gen_ai.system=openai                             | LEAF  | chat",
                "chat gpt-4o    | gen_ai.system=openai                             | LEAF  | chat",
                "agent run      | gen_ai.system=openai                             | UNKNOWN_OPERATION |",
                "chat           | user.id=u                                        | OTHER |",
                "GET /chat      |                                                  | OTHER |",
            })
    void aSpanTellsWhatItIs(String name, @Nullable String attributes, Operation.Kind kind, @Nullable String word) {
        SpanDraft draft = new SpanDraft();
        draft.name = name;
        for (String attribute : attributes == null ? new String[0] : attributes.split(",", -1)) {
            int equals = attribute.indexOf('=');
            draft.attributes.put(attribute.substring(0, equals), attribute.substring(equals + 1));
        }

        Operation operation = Operation.of(draft.of(new Origin(JsonNodeFactory.instance.objectNode())));

        assertThat(operation).isEqualTo(new Operation(kind, word));
    }
}
