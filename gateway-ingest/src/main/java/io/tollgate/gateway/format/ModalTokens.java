package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import tools.jackson.databind.JsonNode;

/**
 * Tokens of several modalities, as OpenAI's images, transcriptions, speech and realtime count them: {@code input_tokens}
 * includes audio, images and what was cached of each; {@code output_tokens} likewise. What no detail names is text.
 */
final class ModalTokens {
    private ModalTokens() {}

    /**
     * Adds both sides.
     *
     * @param plain the dimension of an output without details
     */
    static void add(JsonNode usage, String plain, Tally tally) {
        Decimal input = tally.countOrZero(usage, "input_tokens");
        Decimal output = tally.countOrZero(usage, "output_tokens");
        Decimal total = tally.count(usage, "total_tokens");
        if (total != null && !total.equals(input.plus(output))) {
            tally.inconsistent("total_tokens is " + total + ", input and output are " + input.plus(output));
        }
        addInput(input, details(usage, "input"), tally);
        addOutput(output, details(usage, "output"), plain, tally);
    }

    /** All that such a usage tells: its tokens, and what the vendor says that they cost. */
    static Reading read(JsonNode usage, String plain, Tally tally) {
        add(usage, plain, tally);
        return tally.vendorCost(VendorCost.of(usage)).reading();
    }

    /** Whether there is anything to add. */
    static boolean isIn(JsonNode usage) {
        return Counts.has(usage, "input_tokens") || Counts.has(usage, "output_tokens");
    }

    /** Images say {@code tokens_details}, the others {@code token_details}. */
    private static JsonNode details(JsonNode usage, String side) {
        JsonNode plural = Counts.at(usage, side + "_tokens_details");
        return plural.isObject() ? plural : Counts.at(usage, side + "_token_details");
    }

    private static void addInput(Decimal whole, JsonNode details, Tally tally) {
        Decimal audio = tally.countOrZero(details, "audio_tokens");
        Decimal image = tally.countOrZero(details, "image_tokens");
        Decimal text = tally.rest("input_tokens", whole, audio, image);
        compare(details, text, "input_tokens", tally);
        Decimal cachedAudio = tally.countOrZero(details, "cached_tokens_details", "audio_tokens");
        Decimal cachedImage = tally.countOrZero(details, "cached_tokens_details", "image_tokens");
        Decimal cached = tally.count(details, "cached_tokens");
        Decimal cachedText = cached == null
                ? tally.countOrZero(details, "cached_tokens_details", "text_tokens")
                : tally.rest("cached_tokens", cached, cachedAudio, cachedImage);
        tally.add("input", tally.rest("text_tokens", text, cachedText))
                .addIfAny("input_audio", tally.rest("audio_tokens", audio, cachedAudio))
                .addIfAny("input_image", tally.rest("image_tokens", image, cachedImage))
                .addIfAny("cache_read", cachedText)
                .addIfAny("cache_read_audio", cachedAudio)
                .addIfAny("cache_read_image", cachedImage);
    }

    private static void addOutput(Decimal whole, JsonNode details, String plain, Tally tally) {
        if (details.isEmpty()) {
            tally.add(plain, whole);
            return;
        }
        Decimal audio = tally.countOrZero(details, "audio_tokens");
        Decimal image = tally.countOrZero(details, "image_tokens");
        Decimal reasoning = tally.countOrZero(details, "reasoning_tokens");
        Decimal text = tally.rest("output_tokens", whole, audio, image, reasoning);
        compare(details, text, "output_tokens", tally);
        tally.add(plain, Decimal.ZERO)
                .addIfAny("output", text)
                .addIfAny("output_audio", audio)
                .addIfAny("output_image", image)
                .addIfAny("reasoning", reasoning);
    }

    /** Details that say less than the whole leave text out; details that say more contradict it. */
    private static void compare(JsonNode details, Decimal text, String whole, Tally tally) {
        Decimal stated = tally.count(details, "text_tokens");
        if (stated == null || stated.equals(text)) {
            return;
        }
        if (stated.compareTo(text) > 0) {
            tally.inconsistent("the details of " + whole + " are more than the whole");
        } else {
            tally.settled("the details of " + whole + " are less than the whole; the remainder is text");
        }
    }
}
