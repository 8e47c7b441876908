package io.tollgate.gateway.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.edge.RequestIds;
import reactor.core.publisher.Mono;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Sends an {@link Answer} on a Reactor Netty connection. */
public final class NettyAnswer {
    private NettyAnswer() {}

    public static Mono<Void> send(Answer answer, String requestId, HttpServerResponse response) {
        response.status(answer.status());
        HttpHeaders headers = response.responseHeaders();
        headers.set(RequestIds.HEADER, requestId);
        headers.set("x-content-type-options", "nosniff");
        answer.headers().forEach(headers::set);
        String contentType = answer.contentType();
        if (contentType == null) {
            return response.send();
        }
        headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        return response.sendObject(Unpooled.wrappedBuffer(answer.body())).then();
    }

    /** The thread that owns the request's connection. */
    public static EventLoop eventLoop(HttpServerRequest request) {
        return ((ChannelOperations<?, ?>) request).channel().eventLoop();
    }
}
