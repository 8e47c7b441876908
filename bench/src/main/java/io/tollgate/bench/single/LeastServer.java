package io.tollgate.bench.single;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.tollgate.bench.load.UsageLoad;
import io.tollgate.bench.process.EventTopic;
import io.tollgate.bench.process.EventTopic.Message;
import io.tollgate.bench.process.ServerProcess;
import io.tollgate.bench.single.LeastEvent.Caller;
import io.tollgate.schemas.serde.Codecs;
import io.tollgate.schemas.serde.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The limit of the gateway for single events: a Reactor Netty server that reads a body, makes of its JSON the record that
 * the gateway would write, byte for byte but for the clock, and answers when the brokers have it. It trusts whatever
 * comes, bounds nothing, counts nothing and knows one route.
 */
final class LeastServer {
    static final String TOPIC = "bench.least";

    private final Map<String, Caller> callers = new HashMap<>();
    private final Codecs codecs;
    private final Producer<byte[], byte[]> producer;

    private LeastServer(String kafka, String registry) {
        codecs = Codecs.settle(new SchemaRegistry(registry));
        producer = new KafkaProducer<>(EventTopic.producerSettings(kafka));
        for (int i = 0; i < Callers.COMPANIES; i++) {
            callers.put("Bearer " + UsageLoad.secret(i), new Caller(UsageLoad.company(i), UsageLoad.authId(i)));
        }
    }

    /** Arguments: the broker and the registry. */
    public static void main(String[] arguments) throws Exception {
        LeastServer server = new LeastServer(arguments[0], arguments[1]);
        DisposableServer listening = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(server::handle)
                .bindNow();
        try {
            ServerProcess.hold(Integer.toString(listening.port()));
        } finally {
            listening.disposeNow();
            server.producer.close();
        }
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        Caller caller = callers.get(request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION));
        if (caller == null) {
            return response.status(HttpResponseStatus.UNAUTHORIZED).send();
        }
        EventLoop loop = ((ChannelOperations<?, ?>) request).channel().eventLoop();
        return request.receive()
                .aggregate()
                .asByteArray()
                .flatMap(body -> Mono.fromFuture(append(body, caller).thenApplyAsync(all -> all, loop)))
                .flatMap(all ->
                        response.status(HttpResponseStatus.NO_CONTENT).send().then());
    }

    /** Completes when the brokers have it. */
    private CompletableFuture<Boolean> append(byte[] body, Caller caller) {
        Message record = LeastEvent.record(body, caller, System.currentTimeMillis() * 1_000, codecs.events());
        CompletableFuture<Boolean> acked = new CompletableFuture<>();
        Future<RecordMetadata> unused = producer.send(
                new ProducerRecord<>(TOPIC, record.key(), record.value()), (sent, failure) -> settle(acked, failure));
        return acked;
    }

    private static void settle(CompletableFuture<Boolean> acked, @Nullable Exception failure) {
        if (failure == null) {
            acked.complete(true);
        } else {
            acked.completeExceptionally(failure);
        }
    }
}
