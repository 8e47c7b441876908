package io.tollgate.standalone;

import io.tollgate.standalone.client.Endpoints;
import java.nio.file.Path;
import org.springframework.context.ApplicationContext;

/**
 * The four services and the servers that they need, ready: embedded ones, or containers with
 * {@code -Dtollgate.test.servers=containers}.
 */
interface TestStack extends AutoCloseable {
    Endpoints endpoints();

    String adminToken();

    /** What a service is made of. */
    ApplicationContext context(Service service);

    @Override
    void close();

    static TestStack start(Path data) throws InterruptedException {
        String servers = System.getProperty("tollgate.test.servers", "embedded");
        return switch (servers) {
            case "embedded" -> embedded(data);
            case "containers" -> ContainerStack.start(data);
            default ->
                throw new IllegalArgumentException(
                        "tollgate.test.servers is " + servers + "; it may be embedded or containers");
        };
    }

    private static TestStack embedded(Path data) {
        StandaloneStack stack = StandaloneStack.start(data);
        return new TestStack() {
            @Override
            public Endpoints endpoints() {
                return stack.endpoints();
            }

            @Override
            public String adminToken() {
                return stack.adminToken();
            }

            @Override
            public ApplicationContext context(Service service) {
                return stack.context(service);
            }

            @Override
            public void close() {
                stack.close();
                KeptLogs.of(data);
            }
        };
    }
}
