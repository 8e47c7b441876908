package io.tollgate.standalone;

import io.tollgate.standalone.client.Endpoints;
import io.tollgate.standalone.secret.AdminToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one folder that everything is kept in, and who keeps what where. */
record DataFolder(Path root) {
    DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    static DataFolder create(Path root) {
        DataFolder folder = new DataFolder(root);
        try {
            Files.createDirectories(folder.root());
            Files.createDirectories(folder.logs());
        } catch (IOException e) {
            throw new StartRefusedException(
                    "the data folder " + folder.root() + " could not be made: " + e
                            + ". Choose another with --data DIR.",
                    e);
        }
        return folder;
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path registry() {
        return root.resolve("registry");
    }

    Path streams() {
        return root.resolve("streams");
    }

    Path exports() {
        return root.resolve("exports");
    }

    Path adminToken() {
        return root.resolve(AdminToken.FILE);
    }

    Path endpoints() {
        return root.resolve(Endpoints.FILE);
    }

    Path demoKeys() {
        return root.resolve("demo-keys");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path logFile() {
        return logs().resolve("tollgate.log");
    }
}
