package io.tollgate.standalone;

/** One log for all four services: Spring Boot would set the logging up again with each of them. */
final class Logs {
    private Logs() {}

    /** To be called before the first logger is made. */
    static void to(DataFolder folder) {
        System.setProperty("tollgate.logs", folder.logs().toString());
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "io/tollgate/standalone/logback.xml");
        }
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    }
}
