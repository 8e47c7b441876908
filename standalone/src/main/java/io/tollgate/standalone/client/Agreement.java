package io.tollgate.standalone.client;

import java.io.Console;
import java.io.IOException;
import java.util.Locale;

/** Asks the person at the terminal before something is done that they may not want. */
public final class Agreement {
    private Agreement() {}

    /**
     * Returns where they say yes.
     *
     * @param flags what to say instead where nobody is there to be asked
     * @throws IOException if they don't, or nobody is there
     */
    // Where a console is there and is no terminal, what it reads is no yes.
    @SuppressWarnings("SystemConsoleNull")
    public static void ask(String question, String flags) throws IOException {
        Console console = System.console();
        if (console == null) {
            throw new IOException("nobody is here to be asked: say " + flags);
        }
        String answer = console.readLine("%s [y/N] ", question);
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
            throw new IOException("nothing was changed");
        }
    }
}
