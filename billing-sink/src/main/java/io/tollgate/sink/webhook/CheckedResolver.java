package io.tollgate.sink.webhook;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Resolves names to allowed addresses alone. The client connects to what this answers, so the address that was checked is the
 * address that is used: a name that is resolved again to another one (DNS rebinding) leads nowhere new. Addresses that came
 * as such are checked like those of names.
 */
final class CheckedResolver extends AddressResolverGroup<InetSocketAddress> {
    private final Predicate<InetAddress> allowed;
    /** Java's resolver blocks, for half a minute where a name server is silent: never on a thread that others need. */
    private final ExecutorService lookups = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "webhook-lookup");
        thread.setDaemon(true);
        return thread;
    });

    CheckedResolver(Predicate<InetAddress> allowed) {
        this.allowed = allowed;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {
            /** Never: else the client would connect without asking. */
            @Override
            protected boolean doIsResolved(InetSocketAddress address) {
                return false;
            }

            @Override
            protected void doResolve(InetSocketAddress address, Promise<InetSocketAddress> promise) {
                lookups.execute(() -> {
                    try {
                        promise.trySuccess(addresses(address).get(0));
                    } catch (UnknownHostException | RuntimeException e) {
                        promise.tryFailure(e);
                    }
                });
            }

            @Override
            protected void doResolveAll(InetSocketAddress address, Promise<List<InetSocketAddress>> promise) {
                lookups.execute(() -> {
                    try {
                        promise.trySuccess(addresses(address));
                    } catch (UnknownHostException | RuntimeException e) {
                        promise.tryFailure(e);
                    }
                });
            }
        };
    }

    /** At least one. */
    List<InetSocketAddress> addresses(InetSocketAddress asked) throws UnknownHostException {
        InetAddress given = asked.getAddress();
        InetAddress[] found =
                given == null ? InetAddress.getAllByName(asked.getHostString()) : new InetAddress[] {given};
        List<InetSocketAddress> passed = Arrays.stream(found)
                .filter(allowed)
                .map(address -> new InetSocketAddress(address, asked.getPort()))
                .toList();
        if (passed.isEmpty()) {
            throw new RefusedAddressException(asked.getHostString(), found[0]);
        }
        return passed;
    }

    @Override
    public void close() {
        super.close();
        lookups.shutdownNow();
    }
}
