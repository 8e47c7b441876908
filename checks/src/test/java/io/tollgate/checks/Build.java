package io.tollgate.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's modules, and what the tests of one have written. */
final class Build {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern PARTIAL = Pattern.compile(
            "(^|\\s)(-pl|--projects|-rf|--resume-from|-Dtest=|-Dit\\.test=|-Dmaven\\.test\\.skip|-Dskip(Tests|ITs))");

    private Build() {}

    /** All but this one. */
    static List<String> modules() throws IOException {
        return MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(module -> !module.equals("checks"))
                .toList();
    }

    /** Whether all modules were built, with all of their tests: mvn's script says how it was called. */
    static boolean isWhole() {
        String arguments = System.getenv("MAVEN_CMD_LINE_ARGS");
        return arguments != null && !PARTIAL.matcher(arguments).find();
    }

    /** Reports of tests with what they printed, and logs that they kept. */
    static List<Path> logs(String module) throws IOException {
        Path target = ROOT.resolve(module).resolve("target");
        if (!Files.isDirectory(target)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(target, 4)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> isLog(target.relativize(file)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isLog(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String folder = file.getName(0).toString();
        boolean isReport = folder.endsWith("-reports") || folder.equals("kept-logs");
        return name.endsWith(".log")
                || (isReport && (name.endsWith(".txt") || name.endsWith(".xml") || name.endsWith(".out")));
    }
}
