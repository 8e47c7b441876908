package io.tollgate.gateway.otlp;

import io.tollgate.gateway.format.SpanUsage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a span is one model call, by what it calls itself alone: a parent that adds up its children may come in another
 * export, before or after them. Whatever says that a span is more than one call wins.
 *
 * @param word of the conventions for what was called; null unless it is a leaf
 */
record Operation(Kind kind, @Nullable String word) {
    /** What becomes of a span. */
    enum Kind {
        /** A model call by itself: an event. */
        LEAF,
        /** An agent, a workflow, a tool, a whole of several calls. */
        INNER,
        /** Says that it is of a model, by an operation that is not known here. */
        UNKNOWN_OPERATION,
        /** Not of a model at all. */
        OTHER
    }

    private static final String VERCEL_ID = "ai.operationId";
    private static final String VERCEL_NAME = "operation.name";
    private static final String VERCEL = "ai.";
    private static final String OPENINFERENCE = "openinference.span.kind";
    private static final String REQUEST_TYPE = "llm.request.type";
    private static final String TRACELOOP = "traceloop.span.kind";

    static final List<String> NAMES =
            List.of(SpanUsage.OPERATION, VERCEL_ID, VERCEL_NAME, OPENINFERENCE, REQUEST_TYPE, TRACELOOP);

    private static final String RETRIEVAL = "retrieval";
    private static final Map<String, String> LEAVES = Map.ofEntries(
            Map.entry("chat", "chat"),
            Map.entry("chat.completions", "chat"),
            Map.entry("generate_content", "generate_content"),
            Map.entry("text_completion", "text_completion"),
            Map.entry("text.completions", "text_completion"),
            Map.entry("completion", "text_completion"),
            Map.entry("embeddings", "embeddings"),
            Map.entry("embedding", "embeddings"),
            Map.entry("rerank", "rerank"),
            Map.entry("image", "image"),
            Map.entry("image_generation", "image"),
            Map.entry(RETRIEVAL, RETRIEVAL));
    private static final Set<String> INNER = Set.of(
            "invoke_agent", "create_agent", "agent_step", "invoke_workflow", "execute_tool", "plan", "framework");
    private static final Map<String, String> KINDS_OF_OPENINFERENCE =
            Map.of("LLM", "chat", "EMBEDDING", "embeddings", "RERANKER", "rerank");
    private static final Map<String, String> CALLS_OF_VERCEL =
            Map.of("doGenerate", "chat", "doStream", "chat", "doEmbed", "embeddings", "doRerank", "rerank");

    static Operation of(Span span) {
        Operation said = said(span);
        boolean isRetrievalAlone = RETRIEVAL.equals(said.word()) && !SpanUsage.hasUsage(span.attributes());
        // A search of one's own store calls no model.
        return isRetrievalAlone ? new Operation(Kind.INNER, null) : said;
    }

    private static Operation said(Span span) {
        List<@Nullable Operation> said = List.of(
                vercel(span),
                named(text(span, SpanUsage.OPERATION)),
                listed(text(span, OPENINFERENCE), KINDS_OF_OPENINFERENCE, Kind.INNER),
                named(text(span, REQUEST_TYPE)),
                new Operation(text(span, TRACELOOP) == null ? Kind.OTHER : Kind.INNER, null));
        Operation found = new Operation(Kind.OTHER, null);
        for (Operation one : said) {
            if (one.kind() == Kind.INNER) {
                return one;
            }
            // In the order in which they are declared: a leaf before an unknown name, that before nothing.
            found = one.kind().compareTo(found.kind()) < 0 ? one : found;
        }
        boolean isOfModel = span.has(Names.PROVIDER) || span.has(Names.REQUEST_MODEL) || span.has(Names.EITHER_MODEL);
        return found.kind() == Kind.OTHER && isOfModel ? byName(span.name()) : found;
    }

    /** Its roots repeat what their children used; only {@code ai.….do…} is one call. */
    private static Operation vercel(Span span) {
        String id = text(span, VERCEL_ID);
        String name = id == null ? text(span, VERCEL_NAME) : id;
        if (name == null || !name.startsWith(VERCEL)) {
            return new Operation(Kind.OTHER, null);
        }
        String first = name.substring(0, (name + " ").indexOf(' '));
        String call = first.substring(first.lastIndexOf('.') + 1);
        return listed(call, CALLS_OF_VERCEL, call.startsWith("do") ? Kind.UNKNOWN_OPERATION : Kind.INNER);
    }

    private static Operation named(@Nullable String operation) {
        String name = operation == null ? null : operation.toLowerCase(Locale.ROOT);
        return listed(name, LEAVES, name != null && INNER.contains(name) ? Kind.INNER : Kind.UNKNOWN_OPERATION);
    }

    /** {@code chat gpt-4o} and {@code openai.chat}, as spans of older instrumentations are called that say no more. */
    private static Operation byName(String name) {
        String first = name.substring(0, (name + " ").indexOf(' ')).toLowerCase(Locale.ROOT);
        if (LEAVES.containsKey(first)) {
            return named(first);
        }
        return listed(first.substring(first.lastIndexOf('.') + 1), LEAVES, Kind.UNKNOWN_OPERATION);
    }

    private static Operation listed(@Nullable String name, Map<String, String> leaves, Kind otherwise) {
        if (name == null) {
            return new Operation(Kind.OTHER, null);
        }
        String word = leaves.get(name);
        return new Operation(word == null ? otherwise : Kind.LEAF, word);
    }

    private static @Nullable String text(Span span, String name) {
        return span.text(List.of(name));
    }
}
