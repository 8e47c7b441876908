package io.tollgate.gateway.format;

import io.tollgate.schemas.decimal.Decimal;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The tokens of OpenAI's chat and responses, in either's words. The input includes cached, cache-written, audio and image
 * tokens; the output includes reasoning, audio, images and predictions, with exceptions that {@code total_tokens} gives
 * away.
 */
enum OpenAiTokens {
    CHAT("prompt_tokens", "completion_tokens"),
    RESPONSES("input_tokens", "output_tokens");

    private static final List<String> XAI = List.of("xai", "x_ai", "x-ai");
    private static final List<String> GOOGLE = List.of("gemini", "google", "vertex");

    private final String input;
    private final String output;

    OpenAiTokens(String input, String output) {
        this.input = input;
        this.output = output;
    }

    /** The usage's reading; whatever else was used is in the tally already. */
    Reading read(JsonNode usage, Said said, Tally tally) {
        Decimal prompt = tally.count(usage, input);
        Decimal completion = tally.count(usage, output);
        if (prompt == null && completion == null) {
            return tally.missing("usage has neither " + input + " nor " + output);
        }
        Decimal in = prompt == null ? Decimal.ZERO : prompt;
        Decimal out = completion == null ? Decimal.ZERO : completion;
        JsonNode details = Counts.at(usage, output + "_details");
        Decimal total = tally.count(usage, "total_tokens");
        Decimal beyond = total == null
                ? untold(details, said, tally)
                : total.plus(in.plus(out).negated());
        Decimal heard = tally.countOrZero(usage, "prompt_audio_seconds");
        // Mistral bills what it hears by the second. Where the total has more than prompt and completion, the details
        // tell of those audio tokens and not of the prompt's.
        boolean isHeardBeyond = !heard.isZero() && beyond.signum() > 0;
        addInput(in, isHeardBeyond ? MissingNode.getInstance() : usage, heard, said, tally);
        if (!addOutput(out, details, isHeardBeyond ? Decimal.ZERO : beyond, said, tally)) {
            tally.inconsistent("total_tokens is " + total + ", " + input + " and " + output + " are " + in.plus(out));
        }
        return tally.vendorCost(VendorCost.of(usage)).reading();
    }

    private void addInput(Decimal whole, JsonNode usage, Decimal heard, Said said, Tally tally) {
        JsonNode details = Counts.at(usage, input + "_details");
        Decimal read = cached(details, usage, tally);
        Decimal written = tally.countOrZero(details, "cache_write_tokens");
        Decimal audio = tally.countOrZero(details, "audio_tokens");
        // A prompt's pictures have the price of its text there.
        Decimal image = isGoogle(said) ? Decimal.ZERO : tally.countOrZero(details, "image_tokens");
        Decimal missed = tally.count(usage, "prompt_cache_miss_tokens");
        if (missed != null && !whole.equals(read.plus(missed))) {
            tally.inconsistent("cache hits " + read + " and misses " + missed + " are not the prompt's " + whole);
        }
        // A cached image or audio token is in two of the details; it is billed as a cached one.
        Decimal twice = read.plus(written).plus(audio).plus(image).plus(whole.negated());
        if (twice.signum() > 0 && read.plus(written).compareTo(whole) <= 0) {
            tally.settled("cached tokens overlap those of images or audio by " + twice);
            Decimal ofImages = least(twice, image);
            image = image.plus(ofImages.negated());
            audio = audio.plus(ofImages.plus(twice.negated()));
        }
        tally.add("input", tally.rest(input, whole, read, written, audio, image))
                .addIfAny("cache_read", read)
                .addIfAny("cache_write", written)
                .addIfAny("input_image", image)
                .addIfAny("input_audio", heard.isZero() ? audio : null)
                .addIfAny("audio_second", heard);
    }

    /** Several vendors have a name of their own for it. */
    private static Decimal cached(JsonNode details, JsonNode usage, Tally tally) {
        return tally.same(
                "cached tokens",
                tally.countOrZero(details, "cached_tokens"),
                tally.countOrZero(usage, "prompt_cache_hit_tokens"),
                tally.countOrZero(usage, "num_cached_tokens"),
                tally.countOrZero(usage, "cached_tokens"));
    }

    /** False if what the total has {@code beyond} input and output is nothing that a vendor leaves out of them. */
    private boolean addOutput(Decimal whole, JsonNode details, Decimal beyond, Said said, Tally tally) {
        Decimal reasoning = tally.countOrZero(details, "reasoning_tokens");
        Decimal audio = tally.countOrZero(details, "audio_tokens");
        Decimal image = tally.countOrZero(details, "image_tokens");
        boolean isOutside = !beyond.isZero() && beyond.equals(reasoning);
        if (beyond.signum() > 0 && reasoning.isZero() && isGoogle(said)) {
            reasoning = beyond;
            isOutside = true;
        }
        Decimal inside = isOutside ? Decimal.ZERO : reasoning;
        tally.add("output", tally.rest(output, whole, inside, audio, image))
                .addIfAny("reasoning", reasoning)
                .addIfAny("output_audio", audio)
                .addIfAny("output_image", image);
        return isOutside || beyond.isZero();
    }

    /** What no total tells: xAI's completions alone are without their reasoning. */
    private Decimal untold(JsonNode details, Said said, Tally tally) {
        boolean isBeside = this == CHAT && XAI.contains(said.provider().toLowerCase(Locale.ROOT));
        return isBeside ? tally.countOrZero(details, "reasoning_tokens") : Decimal.ZERO;
    }

    /** Its compatible endpoint leaves thoughts out of the completion, and may leave their number out, too. */
    static boolean isGoogle(Said said) {
        String provider = said.provider().toLowerCase(Locale.ROOT);
        return GOOGLE.stream().anyMatch(provider::contains);
    }

    private static Decimal least(Decimal one, Decimal other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
