package io.tollgate.oracle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything that follows from what was submitted about one event, in the order in which it lies in {@code
 * usage.events}: its rows in the ledger, what became of each submission, and which of them are dead letters.
 *
 * <p>One thing the events alone don't say: which of the price changes that were made while an event waited to be rated
 * it met. Every book between the one at its arrival and the last is right; of these the one is taken that the ledger's
 * row shows, and the last where the row shows none of them.
 */
final class EventReplay {
    /** How long a correction waits for its event. */
    private static final long PATIENCE = micros(Duration.ofHours(24));

    /** How old an event's time may be when the broker takes it, and how far ahead. */
    private static final long OLDEST = micros(Duration.ofDays(35));

    private static final long FURTHEST_AHEAD = micros(Duration.ofMinutes(75));

    private final PriceHistory prices;
    private final Map<Integer, LedgerRow> found;

    private final List<Booked> rows = new ArrayList<>();
    private final Map<Position, OutcomeRow> outcomes = new LinkedHashMap<>();
    private final Map<Position, String> dead = new LinkedHashMap<>();

    private @Nullable Live live;
    private @Nullable Submission held;
    private boolean voided;
    private int nextSequence;

    /** A row that must be there, with what it adds to the totals. */
    record Booked(LedgerRow row, Usage usage, @Nullable String authId, Rating rating, int requests, Submission cause) {}

    private record Live(Submission usage, Usage content, int revision, int sequence, Rating rating) {}

    /** @param found the event's rows as the ledger has them, by their sequence */
    EventReplay(PriceHistory prices, Map<Integer, LedgerRow> found) {
        this.prices = prices;
        this.found = found;
    }

    List<Booked> rows() {
        return rows;
    }

    /** What became of each submission that is not simply rated. */
    Map<Position, OutcomeRow> outcomes() {
        return outcomes;
    }

    /** Codes of the submissions that are dead letters. */
    Map<Position, String> dead() {
        return dead;
    }

    /** @param now epoch µs: what waits longer than a day is given up, whether anything comes or not */
    void end(long now) {
        expire(now);
    }

    void add(Submission submission) {
        expire(submission.appendedAt());
        String refusal = refusal(submission);
        if (refusal != null) {
            outcome(submission, "dead", refusal);
            dead.put(submission.at(), refusal);
            return;
        }
        switch (submission.kind()) {
            case "usage" -> usage(submission);
            case "void" -> voided(submission);
            case "amend" -> amend(submission);
            case "rerate" -> rerate(submission);
            default -> throw new NotUnderstoodException("a submission of kind " + submission.kind());
        }
    }

    private void expire(long now) {
        if (held != null && now >= held.appendedAt() + PATIENCE) {
            outcome(held, "unmatched", "unmatched");
            dead.put(held.at(), "unmatched");
            held = null;
        }
    }

    private static @Nullable String refusal(Submission submission) {
        if (submission.is("unknown")) {
            return "unknown_type";
        }
        boolean says = submission.is("usage") || submission.is("amend");
        Usage usage = submission.usage();
        if (says && usage == null) {
            return "invalid_event";
        }
        if (!says || usage == null || (submission.is("amend") && !usage.timed())) {
            return null;
        }
        if (usage.time() > submission.appendedAt() + FURTHEST_AHEAD) {
            return "timestamp_in_future";
        }
        return usage.time() < submission.appendedAt() - OLDEST ? "timestamp_too_far_in_past" : null;
    }

    private void usage(Submission usage) {
        Submission correction = held;
        if (live != null) {
            boolean same = usage.fingerprint() == live.usage().fingerprint();
            outcome(usage, same ? "duplicate" : "conflict", null);
        } else if (voided) {
            outcome(usage, "duplicate", null);
        } else if (correction == null) {
            first(usage, contentOf(usage), 1);
        } else if (correction.is("void")) {
            voided = true;
            held = null;
            outcome(usage, "cancelled", null);
            outcome(correction, "applied", null);
        } else {
            held = null;
            first(usage, contentOf(usage).amendedBy(contentOf(correction)), correction.revision());
            outcome(correction, "applied", null);
        }
    }

    private void first(Submission usage, Usage content, int revision) {
        Rating rating = rate(usage, content, 0, rated -> true);
        book(usage, "usage", 0, null, new Live(usage, content, revision, 0, rating));
        if (!rating.state().equals("rated")) {
            outcome(usage, rating.state(), rating.code());
        }
    }

    private void voided(Submission correction) {
        if (live != null) {
            reverse(live, correction);
            live = null;
            voided = true;
            outcome(correction, "applied", null);
        } else if (voided || (held != null && held.is("void"))) {
            outcome(correction, "no_effect", null);
        } else {
            hold(correction);
        }
    }

    private void amend(Submission amend) {
        Live before = live;
        if (before != null && amend.revision() > before.revision()) {
            Usage content = before.content().amendedBy(contentOf(amend));
            replace(before, amend, content, amend.revision(), rate(amend, content, nextSequence + 1, rated -> true));
        } else if (before == null && !voided && amend.revision() > 1 && isAbove(amend, held)) {
            hold(amend);
        } else {
            outcome(amend, "no_effect", null);
        }
    }

    private static boolean isAbove(Submission amend, @Nullable Submission waiting) {
        return waiting == null || (waiting.is("amend") && amend.revision() > waiting.revision());
    }

    private void rerate(Submission asked) {
        Live before = live;
        if (before == null) {
            outcome(asked, voided || held != null ? "no_effect" : "unmatched", null);
            return;
        }
        if (asked.row() != null && asked.row() != before.sequence()) {
            outcome(asked, "no_effect", null);
            return;
        }
        boolean isShown = shownBy(asked, nextSequence + 1) != null;
        Rating rating =
                rate(asked, before.content(), nextSequence + 1, rated -> isShown != rated.amountsTo(before.rating()));
        if (rating.amountsTo(before.rating())) {
            outcome(asked, "no_effect", null);
        } else {
            replace(before, asked, before.content(), before.revision(), rating);
        }
    }

    private void replace(Live before, Submission cause, Usage content, int revision, Rating rating) {
        reverse(before, cause);
        book(
                cause,
                "replacement",
                nextSequence,
                before.sequence(),
                new Live(before.usage(), content, revision, nextSequence, rating));
        outcome(cause, "applied", rating.code());
    }

    private void reverse(Live before, Submission cause) {
        int sequence = nextSequence++;
        add(
                cause,
                "reversal",
                sequence,
                before.sequence(),
                before,
                before.rating().negative());
    }

    private void book(Submission cause, String kind, int sequence, @Nullable Integer corrects, Live now) {
        add(cause, kind, sequence, corrects, now, now.rating());
        nextSequence = sequence + 1;
        live = new Live(now.usage(), now.content().remembered(), now.revision(), sequence, now.rating());
    }

    private void add(Submission cause, String kind, int sequence, @Nullable Integer corrects, Live of, Rating rating) {
        String authId = of.usage().authId();
        LedgerRow row = LedgerRow.of(cause, kind, sequence, corrects, of.revision(), authId, of.content(), rating);
        rows.add(new Booked(row, of.content(), authId, rating, kind.equals("reversal") ? -1 : 1, cause));
    }

    private void hold(Submission correction) {
        if (held != null) {
            outcome(held, "no_effect", null);
        }
        held = correction;
        outcome(correction, "pending", null);
    }

    private void outcome(Submission submission, String outcome, @Nullable String code) {
        outcomes.put(submission.at(), OutcomeRow.of(submission, outcome, code));
    }

    /** By the book that the ledger's row shows, of those that it may have been rated by; else by the last of these. */
    private Rating rate(Submission cause, Usage content, int sequence, Predicate<Rating> mayBe) {
        int known = prices.by(cause.appendedAt());
        Rating last = Pricing.rate(prices, prices.end(), cause.company(), content);
        LedgerRow shown = shownBy(cause, sequence);
        String version = shown == null ? null : shown.get("price_version");
        if (shown == null || shown.isRated(last)) {
            return mayBe.test(last) ? last : first(known, cause, content, mayBe, last);
        }
        if (version != null) {
            int moment = prices.ofVersion(Long.parseLong(version));
            Rating then = Pricing.rate(prices, moment, cause.company(), content);
            // Older than the event's arrival is the race that the docs name; it must not have made a difference.
            boolean isRight = moment >= known || then.amountsTo(Pricing.rate(prices, known, cause.company(), content));
            if (isRight && shown.isRated(then) && mayBe.test(then)) {
                return then;
            }
        }
        return first(known, cause, content, rating -> mayBe.test(rating) && shown.isRated(rating), last);
    }

    private @Nullable LedgerRow shownBy(Submission cause, int sequence) {
        LedgerRow row = found.get(sequence);
        return row != null && row.cause().equals(cause.at()) ? row : null;
    }

    private Rating first(int known, Submission cause, Usage content, Predicate<Rating> wanted, Rating otherwise) {
        return prices.between(known, prices.end())
                .mapToObj(moment -> Pricing.rate(prices, moment, cause.company(), content))
                .filter(wanted)
                .findFirst()
                .orElse(otherwise);
    }

    private static Usage contentOf(Submission submission) {
        return Objects.requireNonNull(submission.usage());
    }

    private static long micros(Duration duration) {
        return duration.toMillis() * 1_000;
    }
}
