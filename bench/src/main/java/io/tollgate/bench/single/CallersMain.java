package io.tollgate.bench.single;

import io.tollgate.bench.process.Conversation;

/** The callers in a process of their own: {@code prepare ROUND}, then {@code call REQUESTS}, which says the nanoseconds. */
final class CallersMain {
    static final String PREPARE = "prepare";
    static final String CALL = "call";

    private CallersMain() {}

    /** Argument: the server's port. */
    public static void main(String[] arguments) throws Exception {
        try (Callers callers = Callers.to(Integer.parseInt(arguments[0]))) {
            Conversation.hold("ready", command -> {
                String[] words = command.split(" ", -1);
                int number = Integer.parseInt(words[1]);
                if (words[0].equals(PREPARE)) {
                    callers.prepare(number);
                    return "prepared";
                }
                return Long.toString(callers.call(number));
            });
        }
    }
}
