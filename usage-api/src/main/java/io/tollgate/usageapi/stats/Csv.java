package io.tollgate.usageapi.stats;

import io.tollgate.usageapi.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * CSV (RFC 4180): a header, CRLF, quotes where they are needed. An absent value is empty, an empty text is {@code ""}.
 *
 * <p>Whoever sends events chooses users, models and labels, and a spreadsheet takes a cell that begins with = + - or @
 * for a formula. Such a text gets a single quote in front, which spreadsheets take for "this is text". Numbers are ours
 * and stay as they are.
 */
public final class Csv {
    public static final MediaType UTF_8 = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private static final MediaType TYPE = new MediaType("text", "csv");
    /** Tab and the ends of a line too: some programs pass over them and find the formula behind. */
    private static final String BEGINS_A_FORMULA = "=+-@\t\r\n";

    private Csv() {}

    /** Appends a line. */
    public static void append(StringBuilder csv, List<@Nullable String> cells) {
        String separator = "";
        for (String value : cells) {
            csv.append(separator).append(cell(value));
            separator = ",";
        }
        csv.append("\r\n");
    }

    /** A text that is not ours. */
    public static @Nullable String harmless(@Nullable String text) {
        boolean formula = text != null && !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }

    static String cell(@Nullable String value) {
        if (value == null) {
            return "";
        }
        boolean plain =
                !value.isEmpty() && value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    /**
     * Whether an answer that also comes as JSON is wanted as CSV.
     *
     * @throws Problem if it is wanted as neither
     */
    public static boolean isWanted(List<MediaType> accepted) {
        if (accepted.isEmpty()) {
            return false;
        }
        List<MediaType> byPreference = accepted.stream()
                .sorted(Comparator.comparingDouble(MediaType::getQualityValue).reversed())
                .toList();
        for (MediaType type : byPreference) {
            if (type.includes(MediaType.APPLICATION_JSON)) {
                return false;
            }
            if (type.includes(TYPE)) {
                return true;
            }
        }
        throw Problem.of(HttpStatus.NOT_ACCEPTABLE, "not_acceptable", "This comes as application/json or text/csv.");
    }
}
