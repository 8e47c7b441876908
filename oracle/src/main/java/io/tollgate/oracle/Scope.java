package io.tollgate.oracle;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Whose usage counts: a name, {@code *} for one count each, or null: not looked at. */
record Scope(
        String company,
        @Nullable String user,
        @Nullable String key,
        @Nullable String provider,
        @Nullable String model) {

    /** Who has a count of its own. */
    record Subject(String company, @Nullable String user, @Nullable String key) {}

    static Scope of(GenericRecord record) {
        return new Scope(
                Fields.text(record, "company"),
                Fields.textOrNull(record, "user"),
                Fields.textOrNull(record, "key"),
                Fields.textOrNull(record, "provider"),
                Fields.textOrNull(record, "model"));
    }

    boolean takes(
            String ofCompany,
            @Nullable String ofUser,
            @Nullable String ofKey,
            @Nullable String ofProvider,
            @Nullable String ofModel) {
        return fits(company, ofCompany)
                && fits(user, ofUser)
                && fits(key, ofKey)
                && (provider == null || provider.equals(ofProvider))
                && (model == null || (ofModel != null && isModel(model, ofModel)));
    }

    Subject subject(String ofCompany, @Nullable String ofUser, @Nullable String ofKey) {
        return new Subject(ofCompany, user == null ? null : ofUser, key == null ? null : ofKey);
    }

    private static boolean fits(@Nullable String wanted, @Nullable String found) {
        return wanted == null || (found != null && (wanted.equals("*") || wanted.equals(found)));
    }

    /** A name with its dated snapshots, or a pattern in which a star stands for any characters. */
    private static boolean isModel(String wanted, String found) {
        if (!wanted.contains("*")) {
            return wanted.equals(found) || wanted.equals(Pricing.undated(found));
        }
        String pattern = Stream.of(wanted.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(found).matches();
    }
}
