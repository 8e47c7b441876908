package io.tollgate.gateway.catalog;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.gateway.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
