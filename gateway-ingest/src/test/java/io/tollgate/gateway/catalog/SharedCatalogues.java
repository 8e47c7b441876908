package io.tollgate.gateway.catalog;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.avro.PriceTimeline;
import io.tollgate.gateway.http.Json;
import io.tollgate.pricing.PriceBook;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** Whole catalogues that lie beside the project; where they don't, the tests that need them are skipped. */
public final class SharedCatalogues {
    private static final Path FOLDER = Path.of("..", "..", "shared", "data");

    private SharedCatalogues() {}

    /** The packed file, as it would be posted. */
    public static byte[] litellm() throws IOException {
        return bytes("litellm_model_prices_2026-08-01.json.gz");
    }

    /** The packed file, as it would be posted. */
    public static byte[] genaiPrices() throws IOException {
        return bytes("genai_prices_2026.json.gz");
    }

    /** All that genai-prices says, its undated prices from {@code start} (epoch µs) on. */
    public static PriceBook genaiPricesBook(long start) throws IOException {
        List<Verdict.Taken> taken = Catalogue.GENAI_PRICES.read(tree(genaiPrices())).stream()
                .filter(Verdict.Taken.class::isInstance)
                .map(Verdict.Taken.class::cast)
                .toList();
        PriceBook book = new PriceBook();
        for (ModelPrices model : Harvest.of(taken).ordered()) {
            PriceTimeline timeline = ModelChange.of(model, null, 1, new ModelChange.Terms(start, start, true))
                    .after();
            if (timeline != null) {
                book.put(timeline);
            }
        }
        return book;
    }

    static JsonNode tree(byte[] packed) throws IOException {
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return Json.MAPPER.readTree(plain);
        }
    }

    private static byte[] bytes(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        assumeTrue(Files.exists(file), () -> file + " is not here");
        return Files.readAllBytes(file);
    }
}
