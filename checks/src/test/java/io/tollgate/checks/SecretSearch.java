package io.tollgate.checks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what looks like a secret in a text. What it reports is cut short: a report is a log, too. */
final class SecretSearch {
    /** Logs may hold bytes that are no UTF-8; this reads any. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    private static final int SHOWN = 12;

    private static final Map<String, Pattern> SHAPES = shapes();

    private SecretSearch() {}

    private static Map<String, Pattern> shapes() {
        Map<String, Pattern> shapes = new LinkedHashMap<>();
        shapes.put(
                "a key, an admin's token or a password that Tollgate made",
                Pattern.compile("\\bt(g|ga|gp)_[0-9a-f]{32,}"));
        shapes.put("a webhook's secret", Pattern.compile("\\bwhsec_[A-Za-z0-9+/]{20,}"));
        shapes.put("a secret of the tests", Pattern.compile("\\bsecret-[a-z]{2,}"));
        shapes.put("a bearer's token", Pattern.compile("(?i)\\bbearer\\s+[a-z0-9._~+/-]{8,}"));
        shapes.put(
                "a password",
                Pattern.compile("(?i)(password|passwd|pwd)['\"]?\\s*[=:]\\s*['\"]?"
                        + "(?!null\\b|none\\b|\\[hidden]|\\*|['\",;\\s}\\]]|$)\\S+"));
        shapes.put("a password in SQL", Pattern.compile("(?i)\\bpassword\\s+'[^']+'"));
        shapes.put("a password in a URL", Pattern.compile("://[^/\\s:@]+:[^/\\s@]+@"));
        shapes.put(
                "a JAAS configuration", Pattern.compile("LoginModule\\s+(required|requisite|sufficient|optional)\\b"));
        shapes.put("a private key", Pattern.compile("BEGIN [A-Z ]*PRIVATE KEY"));
        return shapes;
    }

    /** Each find: the place, what it looks like, and how it begins. */
    static List<String> in(Path file) throws IOException {
        List<String> found = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file, BYTES)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                for (String find : in(line)) {
                    found.add(file + ":" + number + ": " + find);
                }
            }
        }
        return found;
    }

    static List<String> in(String line) {
        List<String> found = new ArrayList<>();
        SHAPES.forEach((what, shape) -> {
            Matcher match = shape.matcher(line);
            if (match.find()) {
                String secret = match.group();
                found.add(what + ": " + secret.substring(0, Math.min(SHOWN, secret.length())) + "…");
            }
        });
        return found;
    }
}
