package io.tollgate.gateway.catalog;

import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * A catalogue as it was sent: JSON, or JSON packed with gzip, told by its first bytes and not by a header, so that a file
 * can be posted as it lies on a disk.
 *
 * @param problem null where the tree is the file's
 */
record CatalogueFile(JsonNode tree, @Nullable Problem problem) {
    /** Unpacked. LiteLLM's catalogue has 1.5 MB. */
    static final int MOST_BYTES = 16 << 20;

    static CatalogueFile read(byte[] body, Catalogue catalogue) {
        try {
            byte[] plain = isPacked(body) ? unpacked(body) : body;
            if (plain.length > MOST_BYTES) {
                return refused(Problem.tooLarge(
                        "body_too_large", "a catalogue may have " + (MOST_BYTES >> 20) + " MB, unpacked"));
            }
            JsonNode tree = Json.tree(plain);
            return catalogue.isReadable(tree)
                    ? new CatalogueFile(tree, null)
                    : refused(Problem.unreadable(
                            "unreadable_catalogue", "the file is no catalogue of " + catalogue.word()));
        } catch (JacksonException e) {
            return refused(Problem.unreadable("unreadable_body", "no JSON: " + Json.objection(e)));
        } catch (IOException e) {
            return refused(Problem.unreadable("unreadable_body", "it begins as gzip and is none: " + e.getMessage()));
        }
    }

    private static CatalogueFile refused(Problem problem) {
        return new CatalogueFile(NullNode.getInstance(), problem);
    }

    private static boolean isPacked(byte[] body) {
        return body.length > 2 && (body[0] & 0xff) == 0x1f && (body[1] & 0xff) == 0x8b;
    }

    /** Stops one byte beyond the limit, however much more there is. */
    private static byte[] unpacked(byte[] body) throws IOException {
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return plain.readNBytes(MOST_BYTES + 1);
        }
    }
}
