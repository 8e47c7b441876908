package io.tollgate.standalone;

/** One log for all four services. */
final class Logs {
    private Logs() {}

    /** To be called before the first logger is made. */
    static void to(DataFolder folder) {
        System.setProperty("tollgate.logs", folder.logs().toString());
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
