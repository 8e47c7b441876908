package io.tollgate.oracle;

import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link Oracle} from the shell: prints the verdict as JSON; exits 0 where it holds, 1 where not, 2 if asked wrongly. */
public final class OracleMain {
    private static final Set<String> OPTIONS =
            Set.of("kafka", "registry", "postgres", "user", "password", "schema", "group", "sent");
    private static final String USAGE =
            """
            java -jar oracle.jar --sent=FILE [--kafka=HOST:PORT] [--registry=URL] [--postgres=jdbc:postgresql://…]
              [--user=NAME] [--password=SECRET | TOLLGATE_POSTGRES_PASSWORD] [--schema=tollgate] [--group=tollgate-metering]""";

    private OracleMain() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Map<String, String> options = options(args);
        if (options == null || !options.containsKey("sent")) {
            out.println(USAGE);
            System.exit(2);
            return;
        }
        Deployment where = new Deployment(
                options.getOrDefault("kafka", "127.0.0.1:9092"),
                URI.create(options.getOrDefault("registry", "http://127.0.0.1:8085/apis/ccompat/v7")),
                options.getOrDefault("postgres", "jdbc:postgresql://127.0.0.1:5432/tollgate"),
                options.getOrDefault("user", "tollgate"),
                options.getOrDefault(
                        "password", Objects.requireNonNullElse(System.getenv("TOLLGATE_POSTGRES_PASSWORD"), "")),
                options.getOrDefault("schema", "tollgate"),
                options.getOrDefault("group", "tollgate-metering"));
        Verdict verdict = Oracle.check(where, Path.of(Objects.requireNonNull(options.get("sent"))));
        out.println(verdict.toJson());
        System.exit(verdict.holds() ? 0 : 1);
    }

    private static @Nullable Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            String name = arg.startsWith("--") && equals > 0 ? arg.substring(2, equals) : "";
            if (!OPTIONS.contains(name)) {
                return null;
            }
            options.put(name, arg.substring(equals + 1));
        }
        return options;
    }
}
