package io.tollgate.standalone;

import java.util.Map;
import java.util.Set;

/** One log for all four services. */
final class Logs {
    private static final Set<String> FORMATS = Set.of("text", "json");

    private Logs() {}

    /** As the environment asks for it: text where it does not. */
    static String format(Map<String, String> environment) {
        String format = environment.getOrDefault("TOLLGATE_LOG_FORMAT", "text");
        if (!FORMATS.contains(format)) {
            throw new IllegalArgumentException("TOLLGATE_LOG_FORMAT is '" + format + "'; it may be text or json");
        }
        return format;
    }

    /** To be called before the first logger is made. */
    static void to(DataFolder folder, String format) {
        System.setProperty("tollgate.logs", folder.logs().toString());
        System.setProperty("tollgate.log-format", format);
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "io/tollgate/standalone/logback.xml");
        }
    }

    /** Commands speak for themselves: of the libraries that they use nothing is heard. */
    static void areSilent() {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "io/tollgate/standalone/silent.xml");
        }
    }

    /** Spring Boot would set the JVM's one logging up again with each service, and these start at the same time. */
    static void areNotSprings() {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    }
}
