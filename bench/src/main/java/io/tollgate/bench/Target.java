package io.tollgate.bench;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a ratio is to reach, as a comparison's words say: {@code rate ≥ 0.6 of …} or {@code CPU per event ≤ 3 × …}.
 *
 * @param bound least of a rate, most of CPU
 * @param words that say it
 */
public record Target(boolean isOfCpu, double bound, String words) {
    private static final Pattern WORDS = Pattern.compile("(rate ≥|CPU per event ≤) ([0-9.]+)[^,]*");

    /** All of them, which commas part. */
    static List<Target> of(String words) {
        return WORDS.matcher(words)
                .results()
                .map(found ->
                        new Target(found.group(1).startsWith("CPU"), Double.parseDouble(found.group(2)), found.group()))
                .toList();
    }
}
