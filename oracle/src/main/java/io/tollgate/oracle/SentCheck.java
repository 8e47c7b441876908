package io.tollgate.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What was acknowledged is in the events as often, and nothing is there more often than it was tried. */
final class SentCheck {
    private final Tally inEvents = new Tally("sent_in_events");
    private final Tally neverSent = new Tally("never_sent");
    private final DeadLetters deadLetters;

    SentCheck(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    void compare(Map<EventId, List<Submission>> submissions, Map<EventId, Map<SentLog.Word, SentLog.Tries>> tries) {
        tries.forEach((event, words) -> words.forEach((word, tried) -> {
            long there = submissions.getOrDefault(event, List.of()).stream()
                    .filter(one -> word.kind().equals("malformed") || word.equals(wordOf(one)))
                    .count();
            inEvents.demand(
                    there + deadLetters.inTheInboxOf(event) >= tried.acknowledged(),
                    event + " " + SentLog.text(words) + ": " + there + " of " + word + " in usage.events");
        }));
        submissions.forEach((event, all) -> compare(all, tries.getOrDefault(event, Map.of())));
    }

    private void compare(List<Submission> all, Map<SentLog.Word, SentLog.Tries> tries) {
        Map<SentLog.Word, Long> counts = new HashMap<>();
        // Re-rates are Tollgate's own.
        all.stream().filter(one -> !one.is("rerate")).forEach(one -> counts.merge(wordOf(one), 1L, Long::sum));
        counts.forEach((word, count) -> {
            long tried = tries.getOrDefault(word, SentLog.Tries.NONE).tried();
            neverSent.demand(
                    count <= tried,
                    all.get(0).name() + ": " + count + " of " + word + ", which was tried " + tried + " times");
        });
    }

    private static SentLog.Word wordOf(Submission submission) {
        return new SentLog.Word(submission.kind(), submission.is("amend") ? submission.revision() : 1);
    }

    Stream<Check> checks() {
        return Stream.of(inEvents, neverSent).map(Tally::toCheck);
    }
}
