package io.tollgate.usageapi.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;

/**
 * The page's files, read once. Their version is a hash of them all and part of each path, so that browsers may keep them
 * for ever and a page never meets the files of another release.
 *
 * @param page the one that names the version
 * @param files by name
 */
record Assets(Asset page, SortedMap<String, Asset> files, String version) {
    private static final String FOLDER = "classpath:/dashboard/*";
    /** A web jar's path has its version, which is the parent pom's to say. */
    private static final String CHARTS = "classpath*:/META-INF/resources/webjars/chart.js/*/dist/chart.umd.min.js";

    private static final String PAGE = "index.html";
    private static final String VERSION = "{version}";
    private static final Map<String, MediaType> TYPES = Map.of(
            "html", new MediaType("text", "html", StandardCharsets.UTF_8),
            "css", new MediaType("text", "css", StandardCharsets.UTF_8),
            "js", new MediaType("text", "javascript", StandardCharsets.UTF_8),
            "svg", new MediaType("image", "svg+xml"));

    static Assets read() {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        try {
            PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
            for (Resource file : resolver.getResources(FOLDER)) {
                contents.put(Objects.requireNonNull(file.getFilename()), file.getContentAsByteArray());
            }
            Resource[] charts = resolver.getResources(CHARTS);
            if (charts.length != 1) {
                throw new IllegalStateException(charts.length + " files are " + CHARTS + "; there must be one");
            }
            contents.put("chart.umd.js", charts[0].getContentAsByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("the dashboard's files can't be read", e);
        }
        return of(contents);
    }

    /** @param contents by file name */
    static Assets of(SortedMap<String, byte[]> contents) {
        StringBuilder hashes = new StringBuilder();
        contents.forEach((name, content) ->
                hashes.append(name).append(' ').append(Asset.hash(content)).append('\n'));
        String version = Asset.hash(hashes.toString().getBytes(StandardCharsets.UTF_8));
        SortedMap<String, Asset> files = new TreeMap<>();
        contents.forEach((name, content) -> files.put(name, Asset.of(type(name), content)));
        Asset template = Objects.requireNonNull(files.remove(PAGE), PAGE);
        byte[] page = new String(template.content(), StandardCharsets.UTF_8)
                .replace(VERSION, version)
                .getBytes(StandardCharsets.UTF_8);
        return new Assets(Asset.of(template.type(), page), files, version);
    }

    /** Null where there is none of this name. */
    @Nullable
    Asset file(String name) {
        return files.get(name);
    }

    private static MediaType type(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        MediaType type = TYPES.get(extension);
        if (type == null) {
            throw new IllegalStateException("the dashboard has a file " + name + ", whose type is not known");
        }
        return type;
    }
}
