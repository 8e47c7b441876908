package io.tollgate.standalone.demo;

import io.tollgate.standalone.secret.OwnerOnlyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** The demo's API keys over restarts: a secret is shown once only, so it must be kept here, in a file of mode 600. */
final class DemoKeys {
    private final Path file;
    private final Map<String, Key> byService;

    /** @param secret what the services send */
    record Key(String id, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    private DemoKeys(Path file, Map<String, Key> byService) {
        this.file = file;
        this.byService = byService;
    }

    /** Empty where there is no file, or one that can't be read: new keys are made then. */
    static DemoKeys load(Path file) throws IOException {
        Map<String, Key> kept = new TreeMap<>();
        if (Files.exists(file)) {
            try {
                kept.putAll(DemoJson.MAPPER.readValue(
                        Files.readString(file), new TypeReference<LinkedHashMap<String, Key>>() {}));
            } catch (JacksonException e) {
                kept.clear();
            }
        }
        return new DemoKeys(file, kept);
    }

    @Nullable
    Key find(String company, String service) {
        return byService.get(company + "/" + service);
    }

    void keep(String company, String service, Key key) throws IOException {
        byService.put(company + "/" + service, key);
        OwnerOnlyFile.write(
                file, DemoJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(byService) + "\n");
    }
}
