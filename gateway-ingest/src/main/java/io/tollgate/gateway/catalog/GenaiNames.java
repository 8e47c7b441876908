package io.tollgate.gateway.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The names of one provider's models in genai-prices, whose first rule that matches decides. A prefix that a rule spells
 * is a name as well: it begins with itself, and dated models are looked up by it.
 */
final class GenaiNames {
    private static final List<String> PROFILES = List.of("", "us.", "eu.", "apac.", "jp.", "au.", "ca.", "us-gov.");
    private static final String ANY_PROFILE = "regional.";
    private static final Pattern UNFINISHED = Pattern.compile(".*[-@:/.]");
    /** Of one rule on names: what nobody would write by hand. */
    private static final int LONGEST_PATTERN = 200;

    private final String provider;
    private final JsonNode models;

    GenaiNames(String provider, JsonNode models) {
        this.provider = provider;
        this.models = models;
    }

    /** The names that are this model's and no other's. */
    Set<String> of(JsonNode model) {
        Set<String> names = new LinkedHashSet<>();
        candidates(model)
                .filter(name -> !name.isBlank() && !UNFINISHED.matcher(name).matches())
                .filter(name -> model.equals(first(name)))
                .forEach(names::add);
        String id = model.path("id").asString("");
        if (names.isEmpty() && first(id) == null && !id.startsWith(ANY_PROFILE)) {
            names.add(id);
        }
        return names;
    }

    private Stream<String> candidates(JsonNode model) {
        String id = model.path("id").asString("");
        boolean isAnyProfile = provider.equals("aws") && id.startsWith(ANY_PROFILE);
        Stream<String> ids = isAnyProfile
                ? PROFILES.stream().map(profile -> profile + id.substring(ANY_PROFILE.length()))
                : Stream.of(id);
        return Stream.concat(ids, spelled(model.path("match")));
    }

    private static Stream<String> spelled(JsonNode rule) {
        return rule.properties().stream().flatMap(part -> switch (part.getKey()) {
            case "equals", "starts_with", "contains" ->
                Stream.of(part.getValue().asString(""));
            case "or" -> part.getValue().values().stream().flatMap(GenaiNames::spelled);
            default -> Stream.of();
        });
    }

    private @Nullable JsonNode first(String name) {
        for (JsonNode model : models) {
            if (matches(model.path("match"), name)) {
                return model;
            }
        }
        return null;
    }

    private static boolean matches(JsonNode rule, String name) {
        for (Map.Entry<String, JsonNode> part : rule.properties()) {
            String text = part.getValue().asString("");
            boolean fits =
                    switch (part.getKey()) {
                        case "equals" -> name.equals(text);
                        case "starts_with" -> name.startsWith(text);
                        case "ends_with" -> name.endsWith(text);
                        case "contains" -> name.contains(text);
                        case "regex" -> finds(text, name);
                        case "or" -> part.getValue().values().stream().anyMatch(inner -> matches(inner, name));
                        case "and" -> part.getValue().values().stream().allMatch(inner -> matches(inner, name));
                        default -> false;
                    };
            if (fits) {
                return true;
            }
        }
        return false;
    }

    private static boolean finds(String regex, String name) {
        try {
            return regex.length() <= LONGEST_PATTERN
                    && Pattern.compile(regex).matcher(name).find();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
