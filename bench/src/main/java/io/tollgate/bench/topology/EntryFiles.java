package io.tollgate.bench.topology;

import io.tollgate.schemas.EventHash;
import io.tollgate.streams.store.RocksMemory;
import io.tollgate.streams.store.StoreTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.TableProperties;
import org.rocksdb.TickerType;

/**
 * The files that the dedupe store has left, opened with the service's own settings to be looked up in as the service does.
 * Half of the memory that all stores share goes to buffers for what is written while the service works; the look-ups have
 * the other half.
 */
final class EntryFiles implements AutoCloseable {
    private static final int WARM_UP = 100_000;
    private static final int LOOK_UPS = 400_000;
    private static final int DEPTH = 5;

    private final Statistics statistics = new Statistics();
    private final BloomFilter filter = new BloomFilter();
    private final Options options = new Options();
    private final RocksMemory memory;
    private final List<Segment> segments = new ArrayList<>();
    private final int partitions;

    private EntryFiles(Path state, int memoryMb, int partitions) throws IOException, RocksDBException {
        this.memory = new RocksMemory((long) memoryMb << 20 >> 1);
        this.partitions = partitions;
        options.setTableFormatConfig(new BlockBasedTableConfig().setFilterPolicy(filter));
        new StoreTuning().setConfig(EntryRecords.STORE, options, Map.of(StoreTuning.MEMORY, memory));
        options.setStatistics(statistics);
        for (Path folder : folders(state)) {
            segments.add(new Segment(
                    partition(state, folder), generation(folder), RocksDB.openReadOnly(options, folder.toString())));
        }
    }

    /**
     * A generation of a partition.
     *
     * @param generation by its start
     */
    private record Segment(int partition, long generation, RocksDB files) {}

    /**
     * Looks for ids that nobody has sent.
     *
     * @param state folder of a service that is stopped
     * @param memoryMb that all stores share
     */
    static EntryFigures look(Path state, int memoryMb, int partitions) throws IOException, RocksDBException {
        long disk = 0;
        for (Path folder : folders(state)) {
            disk += bytes(folder);
        }
        try (EntryFiles files = new EntryFiles(state, memoryMb, partitions)) {
            return files.figures(disk);
        }
    }

    private EntryFigures figures(long disk) throws RocksDBException {
        long entries = 0;
        long filters = 0;
        long indexes = 0;
        for (Segment segment : segments) {
            Collection<TableProperties> tables =
                    segment.files().getPropertiesOfAllTables().values();
            for (TableProperties table : tables) {
                entries += table.getNumEntries();
                filters += table.getFilterSize();
                indexes += table.getIndexSize();
            }
        }
        for (int i = 0; i < WARM_UP; i++) {
            lookUp(i);
        }
        long withoutReading = 0;
        long begun = System.nanoTime();
        for (int i = WARM_UP; i < WARM_UP + LOOK_UPS; i++) {
            long missesBefore = statistics.getTickerCount(TickerType.BLOCK_CACHE_MISS);
            lookUp(i);
            withoutReading += statistics.getTickerCount(TickerType.BLOCK_CACHE_MISS) == missesBefore ? 1 : 0;
        }
        long nanos = System.nanoTime() - begun;
        return new EntryFigures(entries, disk, filters, indexes, LOOK_UPS, withoutReading, nanos);
    }

    private void lookUp(int number) throws RocksDBException {
        byte[] hash = EventHash.of("nobody", "nowhere", "evt_" + number);
        int partition = EntryRecords.partition(hash, partitions);
        for (Segment segment : segments) {
            if (segment.partition() == partition
                    && segment.files().get(EntryRecords.key(hash, segment.generation())) != null) {
                throw new IllegalStateException("an id that nobody has sent is remembered");
            }
        }
    }

    /** {@code <application>/<sub-topology>_<partition>/rocksdb/<store>/<store>.<generation>}. */
    private static List<Path> folders(Path state) throws IOException {
        try (Stream<Path> all = Files.walk(state, DEPTH)) {
            List<Path> folders = all.filter(
                            path -> path.getFileName().toString().startsWith(EntryRecords.STORE + "."))
                    .filter(Files::isDirectory)
                    .filter(path -> generation(path) > 0)
                    .sorted()
                    .toList();
            if (folders.isEmpty()) {
                throw new IllegalStateException("there are no files of " + EntryRecords.STORE + " in " + state);
            }
            return folders;
        }
    }

    private static int partition(Path state, Path folder) {
        String task = state.relativize(folder).getName(1).toString();
        return Integer.parseInt(task.substring(task.lastIndexOf('_') + 1));
    }

    private static long generation(Path folder) {
        String name = folder.getFileName().toString();
        return Long.parseLong(name.substring(name.lastIndexOf('.') + 1));
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    @Override
    public void close() {
        segments.forEach(segment -> segment.files().close());
        options.close();
        filter.close();
        statistics.close();
        memory.close();
    }
}
