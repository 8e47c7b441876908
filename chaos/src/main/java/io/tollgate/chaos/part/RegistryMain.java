package io.tollgate.chaos.part;

import io.tollgate.embedded.EmbeddedRegistry;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The registry: folder and port. */
public final class RegistryMain {
    private RegistryMain() {}

    public static void main(String[] arguments) throws Exception {
        try (EmbeddedRegistry registry =
                EmbeddedRegistry.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            System.out.println("serves at " + registry.url());
            new CountDownLatch(1).await();
        }
    }
}
