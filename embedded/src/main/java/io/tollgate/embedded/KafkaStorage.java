package io.tollgate.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The folder of a broker. It is formatted once and keeps its cluster id for ever; Kafka writes {@code meta.properties}
 * last, so a folder whose formatting was cut short is formatted again.
 */
final class KafkaStorage {
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private KafkaStorage() {}

    static void formatOnce(Path folder, ClusterMember member) throws Exception {
        if (Files.exists(folder.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(member.clusterId())
                    .setNodeId(member.id())
                    .setControllerListenerName(CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    // A static voter, which each start may give another port; a dynamic one keeps its port in the data.
                    .setHasDynamicQuorum(false)
                    .run();
        }
    }

    static MetaPropertiesEnsemble load(Path folder) throws IOException {
        return new MetaPropertiesEnsemble.Loader()
                .addMetadataLogDir(folder.toString())
                .addLogDirs(List.of(folder.toString()))
                .load();
    }
}
