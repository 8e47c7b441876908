package io.tollgate.standalone;

import io.tollgate.standalone.client.Endpoints;
import io.tollgate.standalone.demo.Demo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tollgate up}: stays in the foreground until a signal, or until the stack can't go on. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts Kafka, PostgreSQL, the schema registry and the four services, all on 127.0.0.1.",
        footer = {
            "",
            "Ports, counted from the base: +0 gateway-ingest, +1 metering-streams, +2 billing-sink,",
            "+3 usage-api, +4 Kafka, +5 PostgreSQL, +6 schema registry.",
            "",
            "TOLLGATE_LOG_FORMAT=json makes each line of DIR/logs/tollgate.log an object.",
            "TOLLGATE_ADMIN_TOKEN sets the admin token; without it one is made and kept in DIR/admin-token.",
            "Ctrl-C or SIGTERM stops everything in order; the next start carries on where this one was."
        })
final class UpCommand implements Callable<Integer> {
    @Option(names = "--demo", description = "Also runs three companies that use models of four vendors.")
    private boolean demo;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept (default: .tollgate in the project's folder).")
    private @Nullable Path data;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "The first of seven ports (default: ${DEFAULT-VALUE}).")
    private int portBase = PortPlan.DEFAULT_BASE;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = {
                "Where the four services' HTTP listens (default: ${DEFAULT-VALUE}).",
                "Elsewhere than on this machine's own it takes an admin token of 24 characters or more."
            })
    private String bind = Bind.LOOPBACK;

    @Option(
            names = "--demo-seed",
            paramLabel = "N",
            description = "Decides the demo's calls: the same seed, the same sequence (default: ${DEFAULT-VALUE}).")
    private long demoSeed = 1;

    @Spec
    private @Nullable CommandSpec spec;

    /** As given, or as it follows from what was not given. */
    record Arguments(boolean demo, Path data, PortPlan ports, long demoSeed, String logFormat) {}

    /** Checked; a wrong one is named to the person. */
    Arguments arguments(Path home, Map<String, String> environment) {
        try {
            PortPlan ports = PortPlan.from(Bind.to(bind, environment), portBase);
            if (demo && ports.bind().isTls()) {
                throw new IllegalArgumentException("--demo speaks HTTP: unset TOLLGATE_TLS_CERTIFICATE for it");
            }
            return new Arguments(
                    demo, data == null ? home.resolve(".tollgate") : data, ports, demoSeed, Logs.format(environment));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), Blame.sentence(e), e);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        return run(arguments(Path.of(System.getProperty("tollgate.home", "")), System.getenv()));
    }

    private static int run(Arguments arguments) throws InterruptedException {
        Console console = new Console(System.out, System.err, processStart());
        DataFolder folder = DataFolder.create(arguments.data());
        Logs.to(folder, arguments.logFormat());
        // The demo's alerts go to a receiver of its own.
        Map<String, String> more = arguments.demo() ? ServiceProperties.LOCAL_WEBHOOKS : Map.of();
        StandaloneStack stack = new StandaloneStack(folder.root(), arguments.ports(), console, more);
        StopOnExit stop = StopOnExit.install(stack, console);
        try {
            stack.start();
        } catch (StartRefusedException e) {
            // At INFO, which the console does not show: it gets one clear sentence instead.
            LoggerFactory.getLogger(UpCommand.class).info("not started", e);
            if (!stop.isStopping()) {
                console.error(Blame.sentence(e));
                console.error("details are in " + folder.logFile());
            }
            return stop.failed();
        }
        Endpoints endpoints = stack.endpoints();
        console.line("ready   gateway " + endpoints.gateway() + "  usage " + endpoints.usageApi() + "  admin token in "
                + stack.adminTokenOrigin());
        if (arguments.demo()) {
            Demo.Settings settings = new Demo.Settings(
                    endpoints.gateway(),
                    endpoints.usageApi(),
                    stack.adminToken(),
                    folder.demoKeys(),
                    arguments.demoSeed());
            stop.closeFirst(Demo.start(settings, console::line));
        }
        console.error(stack.failure().join());
        return stop.failed();
    }

    /** When the process began, as {@link System#nanoTime()} counts: the start of the JVM is part of the wait. */
    private static long processStart() {
        Instant now = Instant.now();
        Instant began = ProcessHandle.current().info().startInstant().orElse(now);
        return System.nanoTime() - Duration.between(began, now).toNanos();
    }
}
