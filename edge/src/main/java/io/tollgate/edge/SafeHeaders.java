package io.tollgate.edge;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.AsciiString;
import reactor.netty.NettyPipeline;

/**
 * What tells browsers and caches to do nothing with an answer but show it to who asked. It sits on the connection, behind
 * all routes, so that no answer is without: not the actuator's, not the server's own to what is no HTTP. A route that
 * says one of the headers itself keeps its own; only {@code nosniff} holds for all.
 */
@Sharable
final class SafeHeaders extends ChannelOutboundHandlerAdapter {
    private static final String NAME = "tollgate.headers";
    private static final AsciiString SERVER = AsciiString.cached("server");
    private static final AsciiString SNIFFING = AsciiString.cached("x-content-type-options");
    private static final AsciiString NO_SNIFFING = AsciiString.cached("nosniff");
    private static final AsciiString TRANSPORT = AsciiString.cached("strict-transport-security");
    /** Not for subdomains: what else the domain serves is not ours to decide. */
    private static final AsciiString A_YEAR = AsciiString.cached("max-age=31536000");

    private static final AsciiString[] NAMES = {
        AsciiString.cached("cache-control"),
        AsciiString.cached("content-security-policy"),
        AsciiString.cached("referrer-policy"),
        AsciiString.cached("x-frame-options")
    };
    private static final AsciiString[] VALUES = {
        AsciiString.cached("no-store"),
        AsciiString.cached("default-src 'none'; frame-ancestors 'none'"),
        AsciiString.cached("no-referrer"),
        AsciiString.cached("DENY")
    };

    private static final SafeHeaders OF_HTTP = new SafeHeaders(false);
    private static final SafeHeaders OF_HTTPS = new SafeHeaders(true);

    private final boolean isSecure;

    private SafeHeaders(boolean isSecure) {
        this.isSecure = isSecure;
    }

    /** Next to the codec, so that what the server's own handlers write comes by, too. */
    static void addTo(ChannelPipeline pipeline) {
        boolean isSecure = pipeline.get(NettyPipeline.SslHandler) != null;
        pipeline.addAfter(NettyPipeline.HttpCodec, NAME, isSecure ? OF_HTTPS : OF_HTTP);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        // A "100 Continue" is one constant for all connections, and no answer.
        if (message instanceof HttpResponse response
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            complete(response.headers());
        }
        ChannelFuture unused = context.write(message, promise);
    }

    private void complete(HttpHeaders headers) {
        headers.remove(SERVER);
        headers.set(SNIFFING, NO_SNIFFING);
        for (int i = 0; i < NAMES.length; i++) {
            if (!headers.contains(NAMES[i])) {
                headers.set(NAMES[i], VALUES[i]);
            }
        }
        if (isSecure) {
            headers.set(TRANSPORT, A_YEAR);
        }
    }
}
