package io.tollgate.streams.store;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The native memory that all stores of one process share: blocks, bloom filters, indexes and write buffers together stay
 * within it, however many partitions it is given. Streams' own default is 50 MB of cache for each store.
 */
public final class RocksMemory implements AutoCloseable {
    private final Cache blocks;
    private final WriteBufferManager writeBuffers;

    /**
     * Reserves nothing yet.
     *
     * @param bytes of it all; up to half goes to write buffers
     */
    public RocksMemory(long bytes) {
        RocksDB.loadLibrary();
        blocks = new LRUCache(bytes);
        writeBuffers = new WriteBufferManager(bytes / 2, blocks);
    }

    Cache blocks() {
        return blocks;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    /** Only after every store is closed. */
    @Override
    public void close() {
        writeBuffers.close();
        blocks.close();
    }
}
