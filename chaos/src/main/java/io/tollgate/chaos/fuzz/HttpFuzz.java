package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.fuzz.Reply.Kind;
import io.tollgate.chaos.fuzz.input.HostileRequests;
import io.tollgate.chaos.fuzz.input.HttpInput;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Sends requests, and notes each answer that nothing excuses. */
final class HttpFuzz {
    private static final int SENDERS = 8;
    private static final int MOST_TOLD = 20;
    private static final int SHOWN = 400;

    private final HostileRequests requests;
    private final List<URI> services;
    private final AtomicLong next;
    private final Map<String, AtomicLong> answers = new ConcurrentSkipListMap<>();
    private final Set<String> routes = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicInteger told = new AtomicInteger();

    /** @param first number of the first input */
    HttpFuzz(HostileRequests requests, List<URI> services, long first) {
        this.requests = requests;
        this.services = services;
        this.next = new AtomicLong(first);
    }

    /** Returns when so many are answered. */
    void send(long count) throws InterruptedException, ExecutionException {
        long end = next.get() + count;
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                work.add(senders.submit(() -> sendUntil(end, deadlines)));
            }
            for (Future<?> each : work) {
                each.get();
            }
        } finally {
            senders.shutdownNow();
            deadlines.shutdownNow();
        }
    }

    private void sendUntil(long end, ScheduledExecutorService deadlines) {
        List<Wire> wires =
                services.stream().map(service -> new Wire(service, deadlines)).toList();
        try {
            for (long number = next.getAndIncrement(); number < end; number = next.getAndIncrement()) {
                HttpInput input = requests.input(number);
                note(input, wires.get(input.service()).send(input));
            }
        } finally {
            wires.forEach(Wire::close);
        }
    }

    private void note(HttpInput input, Reply reply) {
        boolean isAnswered = reply.kind() == Kind.ANSWERED;
        String kind =
                isAnswered ? Integer.toString(reply.status()) : reply.kind().name();
        answers.computeIfAbsent(kind, first -> new AtomicLong()).incrementAndGet();
        routes.add(input.route());
        boolean isExcused =
                isAnswered ? reply.status() == 503 || (reply.status() >= 200 && reply.status() < 500) : !input.owed();
        if (!isExcused && told.getAndIncrement() < MOST_TOLD) {
            String request = new String(input.bytes(), StandardCharsets.ISO_8859_1);
            complaints.add("input " + input.number() + ", " + input.route() + ": " + kind + " " + reply.excerpt()
                    + " | " + request.substring(0, Math.min(SHOWN, request.length())));
        }
        if (input.event() != null && isAnswered && reply.status() >= 400 && reply.status() < 500) {
            refused.add(input.event());
        }
    }

    /** How often each status came, or none. */
    Map<String, AtomicLong> answers() {
        return answers;
    }

    /** What was asked. */
    Set<String> routes() {
        return routes;
    }

    /** Ids of events that were in requests which were refused as a whole. */
    Set<String> refused() {
        return refused;
    }

    /** The first answers that nothing excuses. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }
}
