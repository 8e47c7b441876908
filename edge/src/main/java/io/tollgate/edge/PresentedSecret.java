package io.tollgate.edge;

import org.jspecify.annotations.Nullable;

/** The secret that a request carries: {@code Authorization: Bearer SECRET}, else {@code x-api-key: SECRET}. */
public final class PresentedSecret {
    public static final String AUTHORIZATION = "authorization";
    public static final String API_KEY = "x-api-key";

    private static final String BEARER = "Bearer ";

    private PresentedSecret() {}

    /**
     * Null where there is none. What {@code Authorization} holds for others, Basic for a proxy, say, is no secret of ours.
     *
     * @param authorization the header of that name
     * @param apiKey the header {@value #API_KEY}
     */
    public static @Nullable String of(@Nullable String authorization, @Nullable String apiKey) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? orNone(authorization.substring(BEARER.length()))
                : apiKey == null ? null : orNone(apiKey);
    }

    private static @Nullable String orNone(String secret) {
        String trimmed = secret.trim();
        return trimmed.isEmpty() ? null : trimmed;
    }
}
