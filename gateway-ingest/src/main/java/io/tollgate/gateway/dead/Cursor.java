package io.tollgate.gateway.dead;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far a scan of {@code usage.dead} has come, as a text for its caller: the next offset of each partition. */
public record Cursor(Map<Integer, Long> next) {
    @Override
    public String toString() {
        String text = new TreeMap<>(next)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + entry.getValue())
                        .collect(Collectors.joining(","));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Null where it is no such text. */
    public static @Nullable Cursor parse(String text) {
        Map<Integer, Long> next = new TreeMap<>();
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            for (String entry : plain.split(",", -1)) {
                int colon = entry.indexOf(':');
                next.put(Integer.valueOf(entry.substring(0, colon)), Long.valueOf(entry.substring(colon + 1)));
            }
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return null;
        }
        return next.values().stream().allMatch(offset -> offset >= 0) ? new Cursor(next) : null;
    }
}
