package io.tollgate.gateway.catalog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The grammar of LiteLLM's price keys: {@code <base>[_above_1hr][_above_<N>k_tokens][_<service tier>]}.
 *
 * @param base without what follows
 * @param oneHour a write to the cache that lives for an hour
 * @param tierFrom tokens of the prompt that the price begins above; 0: from the first
 */
record LitellmKey(String base, boolean oneHour, long tierFrom, String serviceTier) {
    private static final String ONE_HOUR = "_above_1hr";
    private static final Pattern FORM = Pattern.compile(
            "(?<base>.+?)(?:_above_(?<thousands>\\d{1,6})k_tokens)?(?:_(?<tier>batches|priority|flex|ultrafast))?");

    static LitellmKey of(String key) {
        // First of all: it looks like a context tier and is none.
        boolean oneHour = key.contains(ONE_HOUR);
        Matcher form = FORM.matcher(key.replace(ONE_HOUR, ""));
        if (!form.matches()) {
            return new LitellmKey(key, false, 0, Rate.STANDARD);
        }
        String thousands = form.group("thousands");
        String tier = form.group("tier");
        return new LitellmKey(
                form.group("base"),
                oneHour,
                thousands == null ? 0 : Long.parseLong(thousands) * 1_000,
                tier == null ? Rate.STANDARD : tier.equals("batches") ? Rate.BATCH : tier);
    }
}
