package io.tollgate.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The child's side: answers are marked lines, so that whatever else is printed does no harm. */
public final class Conversation {
    static final String MARK = "@";

    private Conversation() {}

    /** Answers one command. */
    @FunctionalInterface
    public interface Answerer {
        String answer(String command) throws Exception;
    }

    /** Says what it has to say first and answers until the parent closes the input, or is gone. */
    public static void hold(String ready, Answerer answerer) throws Exception {
        PrintStream out = System.out;
        out.println(MARK + ready);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = readLine(in); command != null; command = readLine(in)) {
            out.println(MARK + answerer.answer(command));
        }
    }

    private static @Nullable String readLine(BufferedReader in) throws IOException {
        return in.readLine();
    }
}
