package io.tollgate.pricing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What vendors put around a model's name. */
public final class ModelNames {
    /** Stands for every name that begins with what is before it; alone for every name. */
    static final String WILDCARD = "*";

    /**
     * {@code gpt-4o-2024-08-06}, {@code claude-sonnet-4-5@20250929}, and Bedrock's version behind the date; without a date
     * its first one.
     */
    private static final Pattern DATED = Pattern.compile(
            "(.+?)(?:[-@]20\\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\\d|3[01])(?:-v\\d+(?::\\d+)?)?" + "|-v1:0)");

    /** {@code us.anthropic.claude-…}, {@code bedrock/eu-west-1/anthropic.claude-…}, {@code azure/eu/gpt-4o}. */
    private static final Pattern REGIONAL =
            Pattern.compile("(?:[a-z_]+/)?(us-gov|us|eu|apac|au|jp|ca|sa|global|[a-z]{2}(?:-[a-z]+)+-\\d)[./](.+)");

    private ModelNames() {}

    /** The name without its date; null where it has none. A snapshot costs what its model does, unless it has a price. */
    public static @Nullable String undated(String model) {
        Matcher dated = DATED.matcher(model);
        return dated.matches() ? dated.group(1) : null;
    }

    /** The name without the region that it is called in; null where it names none. */
    static @Nullable Regional regional(String model) {
        Matcher regional = REGIONAL.matcher(model);
        return regional.matches() ? new Regional(regional.group(1), regional.group(2)) : null;
    }

    /** A model and where it is called. */
    record Regional(String region, String model) {}

    /** Whether the name stands for others: {@code gpt-5*}, {@code *}. */
    static boolean isPattern(String model) {
        return model.endsWith(WILDCARD);
    }
}
