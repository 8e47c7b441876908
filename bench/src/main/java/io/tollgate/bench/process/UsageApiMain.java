package io.tollgate.bench.process;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.tollgate.usageapi.UsageApiApplication;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * usage-api alone in its process, on a free port, which tells its heap. {@code collect}: bytes in use after a full
 * collection, from which {@code most} counts: the most that any collection since has left.
 */
final class UsageApiMain {
    private static final AtomicLong MOST = new AtomicLong();

    private UsageApiMain() {}

    public static void main(String[] arguments) throws Exception {
        watch();
        try (ConfigurableApplicationContext service =
                UsageApiApplication.builder().run(arguments)) {
            String port = Objects.requireNonNull(service.getEnvironment().getProperty("local.server.port"));
            GatewayMain.awaitReady(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"));
            Conversation.hold(port, UsageApiMain::answer);
        }
    }

    private static String answer(String command) {
        return switch (command) {
            case "collect" -> {
                System.gc();
                long used =
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
                MOST.set(0);
                yield Long.toString(used);
            }
            case "most" -> MOST.toString();
            default -> throw new IllegalArgumentException(command);
        };
    }

    private static void watch() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, handback) -> {
                                if (notification.getUserData() instanceof CompositeData data) {
                                    long left =
                                            GarbageCollectionNotificationInfo.from(data)
                                                    .getGcInfo()
                                                    .getMemoryUsageAfterGc()
                                                    .entrySet()
                                                    .stream()
                                                    .filter(pool -> isHeap(pool.getKey()))
                                                    .mapToLong(pool ->
                                                            pool.getValue().getUsed())
                                                    .sum();
                                    MOST.accumulateAndGet(left, Math::max);
                                }
                            },
                            null,
                            null);
        }
    }

    private static boolean isHeap(String pool) {
        return pool.contains("Eden") || pool.contains("Survivor") || pool.contains("Old") || pool.contains("Tenured");
    }
}
