package io.tollgate.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int MEGABYTE = 1 << 20;

    @Test
    void countsWhatAllThreadsAllocateFromItsStartOn() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            byte[] before = other.submit(() -> new byte[64 * MEGABYTE]).get();
            Allocation allocation = Allocation.start();
            byte[] here = new byte[MEGABYTE];
            byte[] there = other.submit(() -> new byte[2 * MEGABYTE]).get();

            assertThat(allocation.bytes()).isBetween((long) here.length + there.length, (long) before.length);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void beginsAnewWhenItIsTaken() {
        Allocation allocation = Allocation.start();
        byte[] first = new byte[8 * MEGABYTE];

        assertThat(allocation.take()).isGreaterThanOrEqualTo(first.length);
        assertThat(allocation.take()).isLessThan(first.length);
    }
}
