package io.tollgate.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A call that docs/admin.md shows.
 *
 * @param path below {@code /admin/v1/}
 */
public record AdminExample(String method, String path, String body) {
    private static final Pattern EXAMPLE =
            Pattern.compile("```http\n([A-Z]+) /admin/v1/(\\S+)\n(.*?)```", Pattern.DOTALL);

    /** In the order of the page. */
    public static List<AdminExample> all() {
        try {
            String page = Files.readString(Path.of("../docs/admin.md"));
            return EXAMPLE.matcher(page)
                    .results()
                    .map(found -> new AdminExample(found.group(1), found.group(2), found.group(3)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
