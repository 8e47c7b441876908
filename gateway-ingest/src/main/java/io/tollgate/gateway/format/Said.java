package io.tollgate.gateway.format;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a call beside its body.
 *
 * @param provider who was called, "openai" say; it decides what an OpenAI-like body's counts include
 * @param model as asked for
 */
public record Said(String provider, @Nullable String model) {}
