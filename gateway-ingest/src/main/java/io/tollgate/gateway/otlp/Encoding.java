package io.tollgate.gateway.otlp;

import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Json;
import io.tollgate.gateway.http.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's encoding, which its answer has, too: of a refusal a {@code google.rpc.Status}. */
enum Encoding {
    PROTOBUF("application/x-protobuf") {
        @Override
        byte[] partialSuccess(long rejected, String message) {
            return ExportTraceServiceResponse.newBuilder()
                    .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                            .setRejectedSpans(rejected)
                            .setErrorMessage(message))
                    .build()
                    .toByteArray();
        }

        @Override
        byte[] status(int code, String message) {
            byte[] bytes = new byte
                    [CodedOutputStream.computeInt32Size(STATUS_CODE, code)
                            + CodedOutputStream.computeStringSize(STATUS_MESSAGE, message)];
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            try {
                out.writeInt32(STATUS_CODE, code);
                out.writeString(STATUS_MESSAGE, message);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes;
        }
    },
    JSON("application/json") {
        @Override
        byte[] partialSuccess(long rejected, String message) {
            // 64-bit integers are texts in Protobuf's JSON.
            return json(Map.of(
                    "partialSuccess", Map.of("rejectedSpans", Long.toString(rejected), "errorMessage", message)));
        }

        @Override
        byte[] status(int code, String message) {
            return json(Map.of("code", code, "message", message));
        }
    };

    private static final int STATUS_CODE = 1;
    private static final int STATUS_MESSAGE = 2;

    private final String mediaType;

    Encoding(String mediaType) {
        this.mediaType = mediaType;
    }

    static @Nullable Encoding of(@Nullable String mediaType) {
        for (Encoding encoding : values()) {
            if (encoding.mediaType.equals(mediaType)) {
                return encoding;
            }
        }
        return null;
    }

    static String known() {
        return PROTOBUF.mediaType + " or " + JSON.mediaType;
    }

    /** All is well: a response without anything in it. */
    Answer success() {
        return answer(this == JSON ? json(Map.of()) : new byte[0]);
    }

    /** Some spans that should have counted do not. */
    Answer partial(long rejected, String message) {
        return answer(partialSuccess(rejected, message));
    }

    /** The request as a whole is refused; status and headers are as everywhere. */
    Answer refused(Problem why, String requestId) {
        Answer answer = Answer.problem(why, requestId);
        byte[] body = status(rpcCode(why.status()), why.code() + ": " + why.detail());
        return new Answer(answer.status(), mediaType, body, answer.headers());
    }

    abstract byte[] partialSuccess(long rejected, String message);

    abstract byte[] status(int code, String message);

    private Answer answer(byte[] body) {
        return new Answer(200, mediaType, body, Map.of());
    }

    private static byte[] json(Object body) {
        return Json.MAPPER.writeValueAsBytes(body);
    }

    /** {@code google.rpc.Code} of an HTTP status. */
    private static int rpcCode(int status) {
        return switch (status) {
            case 401 -> 16;
            case 403 -> 7;
            case 413, 429 -> 8;
            case 503 -> 14;
            default -> status < 500 ? 3 : 13;
        };
    }
}
