package io.tollgate.gateway.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The price book that comes with Tollgate: one file for each vendor, see {@link BookFile}. It is a start and no subscription:
 * what an operator posts later wins, and nothing here is ever applied to a system that has a price.
 */
final class ShippedBook {
    private static final List<String> VENDORS = List.of(
            "anthropic",
            "azure",
            "bedrock",
            "cohere",
            "deepseek",
            "gemini",
            "groq",
            "mistral",
            "openai",
            "vertex_ai",
            "xai");

    private ShippedBook() {}

    /** Everything in it. */
    static List<BookFile.Price> prices() {
        List<BookFile.Price> prices = new ArrayList<>();
        for (String vendor : VENDORS) {
            String name = "price-book/" + vendor + ".yaml";
            try (InputStream in = ShippedBook.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is not in the jar");
                }
                prices.addAll(BookFile.read(name, in));
            } catch (IOException e) {
                throw new UncheckedIOException(name, e);
            }
        }
        return prices;
    }
}
