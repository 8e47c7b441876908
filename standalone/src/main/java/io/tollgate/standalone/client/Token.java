package io.tollgate.standalone.client;

import io.tollgate.standalone.secret.AdminToken;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a command shows at a service's door.
 *
 * @param origin where it came from, for people; safe to print
 */
record Token(String value, String origin) {
    /** A named administrator's, or whichever; asked before the services' own setting. */
    static final String VARIABLE = "TOLLGATE_TOKEN";
    /** A company's, for what is sent in its name. */
    static final String KEY_VARIABLE = "TOLLGATE_KEY";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");
    private static final String ASK = "-";

    /** Whose name a command acts in. */
    enum Kind {
        ADMIN,
        KEY
    }

    /**
     * What the flags say.
     *
     * @param token {@code -}: asked for on the terminal, or read from the input
     */
    record Flags(@Nullable String token, @Nullable Path file) {}

    /**
     * By the first that says something: flags, the environment, and for an administrator the file of the data folder, which
     * goes to nobody but this machine's own services.
     */
    static Token find(Kind kind, Flags flags, Map<String, String> environment, Path kept, URI service)
            throws IOException {
        if (flags.token() != null) {
            return flags.token().equals(ASK) ? asked() : new Token(flags.token(), "--token");
        }
        if (flags.file() != null) {
            return new Token(read(flags.file()), flags.file().toString());
        }
        String[] variables =
                kind == Kind.KEY ? new String[] {KEY_VARIABLE} : new String[] {VARIABLE, AdminToken.VARIABLE};
        for (String variable : variables) {
            String given = environment.getOrDefault(variable, "").strip();
            if (!given.isEmpty()) {
                return new Token(given, "$" + variable);
            }
        }
        if (kind == Kind.KEY) {
            throw new IOException("there is no key: set " + KEY_VARIABLE + ", or name a file that holds one with"
                    + " --token-file FILE. './tollgate keys create' makes one");
        }
        if (!LOOPBACK.contains(service.getHost())) {
            throw new IOException("there is no token for " + service + ": set " + VARIABLE
                    + ", or name its file with --token-file FILE (that of the data folder goes to this machine only)");
        }
        if (!Files.exists(kept)) {
            throw new IOException("there is no admin token: set " + AdminToken.VARIABLE
                    + ", or name the data folder with --data DIR (" + kept + " is not there)");
        }
        return new Token(read(kept), kept.toString());
    }

    private static String read(Path file) throws IOException {
        try {
            String kept = Files.readString(file).strip();
            if (kept.isEmpty()) {
                throw new IOException(file + " is empty; it should hold a token");
            }
            return kept;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file);
        }
    }

    // Where it is there and is no terminal it reads the same line.
    @SuppressWarnings("SystemConsoleNull")
    private static Token asked() throws IOException {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("token: ");
        String token = typed == null ? line() : new String(typed).strip();
        if (token.isEmpty()) {
            throw new IOException("--token - reads a token from the input, and there was none");
        }
        return new Token(token, "the input");
    }

    /** The first line of the input, and not a byte more: what follows may be what the command is to read. */
    private static String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = System.in.read(); next >= 0 && next != '\n'; next = System.in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** Without it: a record that is logged by accident must not give it away. */
    @Override
    public String toString() {
        return "Token[" + origin + "]";
    }
}
