package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Perplexity's Sonar: reasoning, citations and queries stand beside prompt and completion and are billed on top of them.
 * The fee for a request, which some models have, is no count of the body; the context's size that decides it is kept.
 */
final class PerplexityChat implements UsageFormat {
    private static final Shape SHAPE = Shape.of("id", "model", "service_tier", "usage");

    @Override
    public String name() {
        return "perplexity.chat";
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        // Every chunk of a stream has a usage that grows.
        JsonNode usage = null;
        for (JsonNode chunk : chunks) {
            Identity.note(chunk, tally);
            JsonNode found = Counts.at(chunk, "usage");
            usage = found.isObject() ? found : usage;
        }
        Decimal prompt = tally.count(usage, "prompt_tokens");
        Decimal completion = tally.count(usage, "completion_tokens");
        if (prompt == null && completion == null) {
            return tally.missing("usage has neither prompt_tokens nor completion_tokens");
        }
        Decimal input = prompt == null ? Decimal.ZERO : prompt;
        Decimal output = completion == null ? Decimal.ZERO : completion;
        Decimal citation = tally.countOrZero(usage, "citation_tokens");
        Decimal reasoning = tally.countOrZero(usage, "reasoning_tokens");
        Decimal total = tally.count(usage, "total_tokens");
        Decimal counted = input.plus(output);
        if (total != null
                && !total.equals(counted)
                && !total.equals(counted.plus(citation).plus(reasoning))) {
            tally.inconsistent("total_tokens is " + total + ", prompt and completion are " + counted);
        }
        return tally.add("input", input)
                .add("output", output)
                .addIfAny("citation", citation)
                .addIfAny("reasoning", reasoning)
                .addIfAny("search_query", tally.count(usage, "num_search_queries"))
                .variant(Counts.text(usage, "search_context_size"))
                .vendorCost(VendorCost.of(usage))
                .reading();
    }

    @Override
    public String sample() {
        return """
                {"id":"p1","model":"sonar-deep-research","usage":{"prompt_tokens":33,"completion_tokens":500,
                  "total_tokens":533,"citation_tokens":2000,"num_search_queries":10,"reasoning_tokens":5000,
                  "search_context_size":"low"}}""";
    }
}
