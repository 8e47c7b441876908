package io.tollgate.standalone.client;

import io.tollgate.standalone.secret.OwnerOnlyFile;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a started stack is reached. A running 'up' keeps it in its data folder, so that commands find it there. */
public record Endpoints(
        URI gateway,
        URI streams,
        URI sink,
        URI usageApi,
        String kafka,
        String postgresUrl,
        String postgresUser,
        String postgresPassword,
        URI registry) {
    /** Its file in the data folder; there while 'up' runs, and after it was killed. */
    public static final String FILE = "endpoints";

    /** Keeps them, readable by their owner alone: the database's password is among them. */
    public void write(Path file) throws IOException {
        Map<String, Object> lines = new LinkedHashMap<>();
        lines.put("gateway", gateway);
        lines.put("streams", streams);
        lines.put("sink", sink);
        lines.put("usage-api", usageApi);
        lines.put("kafka", kafka);
        lines.put("postgres", postgresUrl);
        lines.put("postgres-user", postgresUser);
        lines.put("postgres-password", postgresPassword);
        lines.put("registry", registry);
        OwnerOnlyFile.write(
                file,
                lines.entrySet().stream()
                        .map(line -> line.getKey() + "=" + line.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    /** Null where there is no such file, or none that is whole. */
    public static @Nullable Endpoints read(Path file) throws IOException {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return null;
        }
        String password = lines.getProperty("postgres-password");
        return password == null
                ? null
                : new Endpoints(
                        URI.create(lines.getProperty("gateway", "")),
                        URI.create(lines.getProperty("streams", "")),
                        URI.create(lines.getProperty("sink", "")),
                        URI.create(lines.getProperty("usage-api", "")),
                        lines.getProperty("kafka", ""),
                        lines.getProperty("postgres", ""),
                        lines.getProperty("postgres-user", ""),
                        password,
                        URI.create(lines.getProperty("registry", "")));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Endpoints[gateway=" + gateway + ", usageApi=" + usageApi + ", kafka=" + kafka + ", postgres="
                + postgresUrl + ", registry=" + registry + "]";
    }
}
