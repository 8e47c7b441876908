package io.tollgate.standalone.client;

import java.util.List;

/** What a command ends with, the same for every command. */
public final class ExitCode {
    public static final int DONE = 0;
    /** The service said no, a file is wrong, something that was looked at is broken. */
    public static final int FAILED = 1;
    /** Picocli's own. */
    public static final int WRONG_USAGE = 2;

    public static final int UNREACHABLE = 3;
    /** Of commands that compare. */
    public static final int DIFFERENT = 4;

    /** For people, in the help of each command. */
    public static final List<String> HELP = List.of(
            DONE + ":done",
            FAILED + ":refused or failed: the service said no, a file is wrong, something is broken",
            WRONG_USAGE + ":wrong usage",
            UNREACHABLE + ":the service can't be reached");

    private ExitCode() {}

    /** Of a command that ended by an exception. */
    public static int of(Throwable thrown) {
        return thrown instanceof UnreachableException ? UNREACHABLE : FAILED;
    }
}
