package io.tollgate.streams.store;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

/**
 * How RocksDB keeps the stores. Made by Streams, by name, so it finds the shared memory among the properties under
 * {@link #MEMORY}.
 */
public final class StoreTuning implements RocksDBConfigSetter {
    /** Property that holds the {@link RocksMemory}. */
    public static final String MEMORY = "tollgate.rocks.memory";

    /**
     * What a store takes as soon as it has been written to is a bloom filter, in proportion to the buffer, and a block of
     * the arena. There are hundreds of stores (each segment of each store of each partition) that share the memory for
     * buffers: if they filled it with nothing in them, every put would flush its store.
     */
    private static final long WRITE_BUFFER_BYTES = 8L << 20;

    private static final long ARENA_BLOCK_BYTES = 64L << 10;

    /** Share of a write buffer that its own bloom filter takes. */
    private static final double MEMTABLE_BLOOM_SHARE = 0.02;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        if (!(configs.get(MEMORY) instanceof RocksMemory memory)) {
            throw new IllegalStateException("property " + MEMORY + " is not set");
        }
        // The instance that is there: Streams refuses another one.
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.blocks());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setArenaBlockSize(ARENA_BLOCK_BYTES);
        // Dedupe looks for what is mostly not there: without a filter on the last level each miss would read a block.
        options.setOptimizeFiltersForHits(false);
        options.setMemtableWholeKeyFiltering(true);
        options.setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_SHARE);
    }

    /** The memory is shared; its owner closes it. */
    @Override
    public void close(String storeName, Options options) {}
}
