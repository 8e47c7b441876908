package io.tollgate.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL runs, since it refuses to run as root. For root it is a user namespace ({@code unshare -U}): inside
 * it the process has no privileges and another user id, outside it still owns its files. Where namespaces are
 * forbidden it is the unprivileged user {@code nobody}, who then owns the data folder.
 */
enum PostgresAccount {
    SAME_USER(""),
    USER_NAMESPACE("unshare -U"),
    NOBODY("setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --");

    private static final Pattern SPACE = Pattern.compile(" ");
    private static final int NOBODY_ID = 65534;

    /** What stands before a command, words parted by one space. */
    private final String prefix;

    PostgresAccount(String prefix) {
        this.prefix = prefix;
    }

    static PostgresAccount choose() {
        if (new UnixSystem().getUid() != 0) {
            return SAME_USER;
        }
        if (USER_NAMESPACE.canRun("true")) {
            return USER_NAMESPACE;
        }
        if (NOBODY.canRun("true")) {
            return NOBODY;
        }
        throw new EmbeddedServerException(
                "PostgreSQL does not run as root, and here neither `unshare -U` (user"
                        + " namespaces) nor `setpriv` is permitted: start as an ordinary user, or use a PostgreSQL of your own");
    }

    List<String> command(List<String> command) {
        return Stream.concat(SPACE.splitAsStream(prefix).filter(word -> !word.isEmpty()), command.stream())
                .toList();
    }

    /** Where the programs lie: nobody can't look into another user's home. */
    Path binariesCache(Path folder) {
        return this == NOBODY ? folder.resolve("binaries") : PostgresBinaries.userCache();
    }

    /** Hands the folder over to whom PostgreSQL runs as. */
    void own(Path folder) throws IOException {
        if (this != NOBODY) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.setAttribute(path, "unix:uid", NOBODY_ID, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", NOBODY_ID, LinkOption.NOFOLLOW_LINKS);
            }
        }
        if (!canRun("test", "-x", folder.toString())) {
            throw new EmbeddedServerException("PostgreSQL does not run as root, user namespaces are forbidden here, and"
                    + " the user nobody can't reach " + folder + ": choose a data folder whose parents everybody may"
                    + " enter, or start as an ordinary user");
        }
    }

    private boolean canRun(String... command) {
        try {
            return Command.run(command(List.of(command))).exitCode() == 0;
        } catch (IOException e) {
            // The program itself is not installed.
            return false;
        }
    }
}
