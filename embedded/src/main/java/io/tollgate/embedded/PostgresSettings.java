package io.tollgate.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command line of the server. Durability is spelled out although it is PostgreSQL's default: nothing in a
 * {@code postgresql.conf} can then switch it off.
 */
final class PostgresSettings {
    private PostgresSettings() {}

    static List<String> command(Path binaries, PostgresFolder folder, int port) {
        Stream<String> program = Stream.of(
                binaries.resolve("bin/postgres").toString(), "-D", folder.data().toString());
        Stream<String> settings = Stream.of(
                        "fsync=on",
                        "full_page_writes=on",
                        "synchronous_commit=on",
                        "listen_addresses=127.0.0.1",
                        "port=" + port,
                        // Passwords over TCP are the one way in.
                        "unix_socket_directories=",
                        "shared_buffers=128MB",
                        "max_connections=60",
                        "max_wal_size=1GB",
                        "timezone=UTC",
                        "log_timezone=UTC",
                        "logging_collector=off",
                        "log_checkpoints=off")
                .flatMap(setting -> Stream.of("-c", setting));
        return Stream.concat(program, settings).toList();
    }
}
