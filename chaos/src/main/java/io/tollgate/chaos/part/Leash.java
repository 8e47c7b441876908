package io.tollgate.chaos.part;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs another main class and ends when its input does, so that no process outlives the run that started it, however
 * that ended.
 */
final class Leash {
    private static final int LET_GO = 3;

    private Leash() {}

    public static void main(String[] arguments) throws Exception {
        Thread holder = new Thread(Leash::awaitEnd, "leash");
        holder.setDaemon(true);
        holder.start();
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // Nobody says anything.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(LET_GO);
    }
}
