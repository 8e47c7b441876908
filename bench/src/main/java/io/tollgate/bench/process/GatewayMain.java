package io.tollgate.bench.process;

import io.tollgate.gateway.GatewayApplication;
import java.util.Objects;
import org.springframework.context.ConfigurableApplicationContext;

/** The gateway alone in its process, on a free port; the load comes from outside. */
final class GatewayMain {
    private GatewayMain() {}

    public static void main(String[] arguments) throws Exception {
        try (ConfigurableApplicationContext gateway =
                GatewayApplication.builder().run(arguments)) {
            String port = Objects.requireNonNull(gateway.getEnvironment().getProperty("local.server.port"));
            Conversation.hold(port, command -> "what?");
        }
    }
}
