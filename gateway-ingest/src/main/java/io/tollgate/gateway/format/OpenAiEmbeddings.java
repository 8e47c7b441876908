package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Embeddings of OpenAI and of whoever speaks its dialect; some have only the total. */
record OpenAiEmbeddings(String name) implements UsageFormat {
    private static final Shape SHAPE = Shape.of("id", "model", "usage");

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public Reading read(List<JsonNode> chunks, Said said) {
        Tally tally = new Tally();
        JsonNode body = Last.of(chunks);
        Identity.note(body, tally);
        Decimal prompt = tally.count(body, "usage", "prompt_tokens");
        Decimal total = tally.count(body, "usage", "total_tokens");
        Decimal input = prompt == null ? total : prompt;
        if (input == null) {
            return tally.missing("the body has neither usage.prompt_tokens nor usage.total_tokens");
        }
        if (total != null && !total.equals(input)) {
            tally.inconsistent("total_tokens is " + total + ", prompt_tokens is " + input);
        }
        return tally.add("input", input)
                .vendorCost(VendorCost.of(Counts.at(body, "usage")))
                .reading();
    }

    @Override
    public String sample() {
        return """
                {"object":"list","model":"text-embedding-3-small","usage":{"prompt_tokens":4,"total_tokens":4}}""";
    }
}
