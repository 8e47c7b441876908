package io.tollgate.gateway.catalog;

import io.tollgate.gateway.format.LitellmProviders;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key of LiteLLM's catalogue taken apart: {@code azure/eu/gpt-4o}, {@code bedrock/us-east-1/anthropic.claude-v2:1},
 * {@code hd/1024-x-1792/dall-e-3}. A region that is a part of the path goes to the item; a region that is a part of the
 * model's own name ({@code us.anthropic.…}) stays, since that is what is called and what events name.
 */
final class LitellmName {
    private static final Pattern IMAGE_SIZE = Pattern.compile("(\\d+-x-\\d+|max-x-max)");
    private static final Pattern IMAGE_STEPS = Pattern.compile("(\\d+|max)-steps");
    private static final Set<String> QUALITIES = Set.of("low", "medium", "high", "hd", "standard");
    private static final Set<String> AZURE_REGIONS = Set.of("eu", "us", "global", "global-standard");
    private static final Pattern AWS_REGION = Pattern.compile("[a-z]{2}(-gov|-iso[a-z]?)?-[a-z]+-\\d");
    private static final Pattern COMMITMENT = Pattern.compile("\\d+-month-commitment");

    private final String litellmProvider;
    private final String provider;
    private final List<String> rest;
    private final List<String> variant = new ArrayList<>();
    private @Nullable String region;
    private boolean commitment;

    private LitellmName(String key, String litellmProvider) {
        this.litellmProvider = litellmProvider;
        this.provider = LitellmProviders.of(litellmProvider);
        this.rest = new ArrayList<>(List.of(key.split("/", -1)));
    }

    /** Null where the key names hours that were bought and not calls. */
    static @Nullable ModelPlace of(String key, String litellmProvider) {
        LitellmName name = new LitellmName(key, litellmProvider);
        name.takeProvider();
        name.takeImage();
        name.takeProvider();
        name.takeRegion();
        return name.commitment
                ? null
                : new ModelPlace(
                        name.provider,
                        String.join("/", name.rest),
                        name.region,
                        name.variant.isEmpty() ? null : String.join("/", name.variant));
    }

    private void takeProvider() {
        String first = rest.get(0);
        if (rest.size() > 1
                && (first.equals(litellmProvider)
                        || first.equals(provider)
                        || first.replace('-', '_').equals(litellmProvider))) {
            rest.remove(0);
        }
    }

    private void takeImage() {
        boolean isImage =
                rest.stream().anyMatch(part -> IMAGE_SIZE.matcher(part).matches());
        while (isImage && rest.size() > 1) {
            String first = rest.get(0);
            if (IMAGE_SIZE.matcher(first).matches()) {
                variant.add(first.replace("-x-", "x"));
            } else if (QUALITIES.contains(first) || IMAGE_STEPS.matcher(first).matches()) {
                variant.add(first);
            } else {
                return;
            }
            rest.remove(0);
        }
    }

    private void takeRegion() {
        if (provider.equals("azure") && rest.size() > 1 && AZURE_REGIONS.contains(rest.get(0))) {
            region = rest.remove(0).replace("global-standard", "global");
        }
        if (provider.equals("bedrock")) {
            while (rest.size() > 1 && takeBedrock(rest.get(0))) {
                rest.remove(0);
            }
        }
    }

    private boolean takeBedrock(String part) {
        if (AWS_REGION.matcher(part).matches()) {
            region = part;
        } else if (COMMITMENT.matcher(part).matches()) {
            commitment = true;
        } else {
            return part.equals("*") || part.equals("invoke") || part.equals("converse");
        }
        return true;
    }
}
