package io.tollgate.standalone.send;

import io.tollgate.standalone.client.ExitCode;
import io.tollgate.standalone.client.GatewayOptions;
import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.HttpApi.Answer;
import io.tollgate.standalone.client.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tollgate send}: files of events, of any size. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = "Sends the events of files to the gateway, with a company's key.",
        footer = {
            "",
            "Examples: tollgate send events.ndjson --token-file acme.key",
            "          zcat old-*.gz | TOLLGATE_KEY=tg_… tollgate send - --rejected wrong.ndjson",
            "",
            "FILE holds CloudEvents: one a line, an array, or one after the other; packed with gzip or not; - is the input.",
            "The key is --token, else --token-file, else $TOLLGATE_KEY. Whatever is not acknowledged is sent again with the",
            "same ids, and so may you send a file again: an event is counted once. 'Repeated' are events whose source and",
            "id came before among the last 500,000 that were sent. Any rejected event makes the exit code 1."
        })
public final class SendCommand implements Callable<Integer> {
    private static final String INPUT = "-";

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Events; - reads them from the input.")
    private List<String> files = List.of();

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Batches on their way at the same time (default: ${DEFAULT-VALUE}).")
    private int parallel = 4;

    @Option(
            names = "--give-up-after",
            paramLabel = "SECONDS",
            description = "How long a batch is tried that the gateway does not take (default: ${DEFAULT-VALUE}).")
    private int giveUpAfter = 60;

    @Option(
            names = "--rejected",
            paramLabel = "FILE",
            description = "Gets a JSON line for each rejected event: where it was, why, and itself.")
    private @Nullable Path rejected;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    private final AtomicLong bytes = new AtomicLong();
    private final RecentIds recent = new RecentIds();
    private Batch batch = new Batch();

    @Override
    public Integer call() throws IOException, InterruptedException {
        long total = total();
        HttpApi api = gateway.sender();
        Sending.Failure failure;
        Tally tally;
        try (Writer rejections = rejected == null ? null : Files.newBufferedWriter(rejected)) {
            tally = new Tally(rejections);
            try (Sending sending = new Sending(api, tally, Math.max(1, parallel), Duration.ofSeconds(giveUpAfter));
                    Progress progress = gateway.progress("sending", total)) {
                for (String file : files) {
                    read(file, sending, tally, progress);
                }
                flush(sending);
                failure = sending.await();
            }
        }
        gateway.show(tally.json(), Tally::print);
        if (failure != null) {
            throw stopped(failure);
        }
        return tally.rejected() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void read(String file, Sending sending, Tally tally, Progress progress)
            throws IOException, InterruptedException {
        try (InputStream raw = open(file);
                Items items = Items.of(file, raw, Batch.MOST_BYTES - 3)) {
            for (Item item = items.next(); item != null && !sending.hasFailed(); item = items.next()) {
                progress.at(bytes.get(), tally.soFar());
                if (item.objection() != null) {
                    tally.rejected(item, HttpApi.MAPPER.valueToTree(item.objection()));
                    continue;
                }
                if (recent.isRepeated(item.identity())) {
                    tally.repeated();
                }
                if (!batch.add(item)) {
                    flush(sending);
                    batch.add(item);
                }
            }
        }
    }

    private void flush(Sending sending) throws InterruptedException {
        if (!batch.items().isEmpty()) {
            sending.send(batch);
            batch = new Batch();
        }
    }

    private IOException stopped(Sending.Failure failure) throws IOException {
        Answer answer = failure.answer();
        String left = " Not everything was taken, from line "
                + failure.first().line() + " of " + failure.first().file()
                + " on. Send it again: what is in already is counted once.";
        return answer == null ? gateway.unreachable(left) : new IOException(gateway.objection(answer) + "." + left);
    }

    /** Bytes of all files, each of which must be there before the first is sent; 0 where the input is among them. */
    private long total() throws IOException {
        long total = 0;
        boolean isKnown = true;
        for (String file : files) {
            if (file.equals(INPUT)) {
                isKnown = false;
            } else if (!Files.isReadable(Path.of(file))) {
                throw new IOException("there is no file " + file + ", or it can't be read");
            } else {
                total += Files.size(Path.of(file));
            }
        }
        return isKnown ? total : 0;
    }

    private InputStream open(String file) throws IOException {
        try {
            return new Counted(file.equals(INPUT) ? System.in : Files.newInputStream(Path.of(file)), bytes);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file);
        }
    }

    private static final class Counted extends FilterInputStream {
        private final AtomicLong count;

        Counted(InputStream in, AtomicLong count) {
            super(in);
            this.count = count;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count.addAndGet(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int many = super.read(into, from, length);
            count.addAndGet(Math.max(0, many));
            return many;
        }
    }
}
