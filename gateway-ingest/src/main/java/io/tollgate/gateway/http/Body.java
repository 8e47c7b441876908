package io.tollgate.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * A request's body in one array, read with a limit and within the {@link ByteBudget}. What is too large is still read to
 * its end, up to a point, and thrown away: a client that is cut off while it sends never sees the answer.
 *
 * <p>Reserved bytes are held until {@link #release}, which the caller must call on every way out.
 */
public final class Body {
    private static final int FIRST_SIZE = 2048;
    /** How many times the limit is thrown away before the connection is cut. */
    private static final int PATIENCE = 8;

    private final int limit;
    private final ByteBudget budget;
    private byte[] bytes = new byte[0];
    private int length;
    private long received;
    private long reserved;
    private @Nullable Problem problem;
    private boolean cutOff;

    public Body(int limit, ByteBudget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    /** Completes when the body is in, or was refused: see {@link #problem}. */
    public Mono<Body> read(HttpServerRequest request) {
        if (declaredLength(request) > (long) limit * PATIENCE) {
            cutOff = true;
            problem = tooLarge();
            return Mono.just(this);
        }
        return request.receive().doOnNext(this::add).takeUntil(chunk -> cutOff).then(Mono.just(this));
    }

    /** Throws away what comes, for a request that is refused already. */
    public Mono<Body> discard(HttpServerRequest request, Problem why) {
        problem = why;
        return read(request);
    }

    /** -1 where it is not said. */
    private static long declaredLength(HttpServerRequest request) {
        String declared = request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return declared == null ? -1 : Long.parseLong(declared);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Why the body was refused; null: it is whole. */
    public @Nullable Problem problem() {
        return problem;
    }

    /** Whether there is more of it on the connection, which must then be closed. */
    public boolean isCutOff() {
        return cutOff;
    }

    /** Valid up to {@link #length}. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void release() {
        budget.release(reserved);
        reserved = 0;
        bytes = new byte[0];
        length = 0;
    }

    /** Unpacks gzip in place, under the same limit and budget; a bomb is refused as soon as it grows beyond them. */
    public void gunzip() {
        Inflater inflater = new Inflater(true);
        byte[] packed = bytes;
        int packedLength = length;
        bytes = new byte[0];
        length = 0;
        try {
            int start = GzipHeader.length(packed, packedLength);
            if (start < 0) {
                problem = notGzip();
                return;
            }
            inflater.setInput(packed, start, packedLength - start);
            byte[] chunk = new byte[8192];
            while (problem == null && !inflater.finished()) {
                int count = inflater.inflate(chunk);
                if (count == 0 && !inflater.finished()) {
                    problem = notGzip();
                } else if (makeRoom(count)) {
                    System.arraycopy(chunk, 0, bytes, length, count);
                    length += count;
                }
            }
            if (problem == null && !GzipHeader.trailerMatches(packed, packedLength, inflater, bytes, length)) {
                problem = notGzip();
            }
        } catch (DataFormatException e) {
            problem = notGzip();
        } finally {
            inflater.end();
        }
    }

    private void add(ByteBuf chunk) {
        int count = chunk.readableBytes();
        received += count;
        if (problem == null && makeRoom(count)) {
            chunk.readBytes(bytes, length, count);
            length += count;
        } else if (received > (long) limit * PATIENCE) {
            cutOff = true;
        }
    }

    private boolean makeRoom(int count) {
        if (count > limit - length) {
            refuse(tooLarge());
            return false;
        }
        if (!budget.tryReserve(count)) {
            refuse(Problem.unavailable(
                    "busy", "too many bytes are waiting for the brokers; send the same again in a moment"));
            return false;
        }
        reserved += count;
        if (length + count > bytes.length) {
            int wanted = Math.max(length + count, Math.max(FIRST_SIZE, bytes.length * 2));
            bytes = Arrays.copyOf(bytes, Math.min(wanted, limit));
        }
        return true;
    }

    private void refuse(Problem why) {
        release();
        problem = why;
    }

    private Problem tooLarge() {
        return Problem.tooLarge(
                "body_too_large", "a body may have " + limit + " bytes, unpacked; send less in one request");
    }

    private static Problem notGzip() {
        return Problem.unreadable("unreadable_body", "Content-Encoding is gzip, and the body is not");
    }
}
