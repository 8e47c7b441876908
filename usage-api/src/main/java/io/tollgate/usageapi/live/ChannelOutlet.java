package io.tollgate.usageapi.live;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/** A connection of Netty's: it takes no more while what is not sent yet is above the channel's high-water mark. */
final class ChannelOutlet implements Outlet {
    private static final String HANDLER = "tollgate.live";

    private final Connection connection;

    private ChannelOutlet(Connection connection) {
        this.connection = connection;
    }

    static ChannelOutlet of(ServerHttpRequest request) {
        AtomicReference<@Nullable Connection> found = new AtomicReference<>();
        HttpServerRequest server = ServerHttpRequestDecorator.getNativeRequest(request);
        server.withConnection(found::set);
        return new ChannelOutlet(Objects.requireNonNull(found.get(), "a request has a connection"));
    }

    @Override
    public boolean isWritable() {
        return connection.channel().isWritable();
    }

    @Override
    public void abort() {
        var unused = connection.channel().close();
    }

    /** Runs something on the connection's thread each time it can be written to again. */
    void whenWritable(Runnable what) {
        connection.addHandlerLast(HANDLER, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelWritabilityChanged(ChannelHandlerContext context) {
                Channel channel = context.channel();
                if (channel.isWritable()) {
                    what.run();
                }
                context.fireChannelWritabilityChanged();
            }
        });
    }

    /** The connection may serve another request after this one. */
    void release() {
        connection.removeHandler(HANDLER);
    }
}
