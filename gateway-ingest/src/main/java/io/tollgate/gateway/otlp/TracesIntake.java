package io.tollgate.gateway.otlp;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.gateway.http.Answer;
import io.tollgate.gateway.http.Problem;
import io.tollgate.gateway.ingest.Form;
import io.tollgate.gateway.ingest.Intake;

/**
 * {@code POST /v1/traces}: OTLP over HTTP, in Protobuf and JSON. It answers in the encoding that it was asked in, refusals
 * too; an exporter sends again what is answered with 429 or 503, and nothing else.
 */
public final class TracesIntake implements Intake {
    private final SpanMetrics metrics;

    public TracesIntake(MeterRegistry registry) {
        this.metrics = new SpanMetrics(registry);
    }

    @Override
    public Form.Result form(HttpHeaders headers) {
        Encoding encoding = Encoding.of(Form.mediaType(headers));
        if (encoding == null) {
            return Form.unsupported(headers, Encoding.known());
        }
        Form.Result refused = Form.refusedEncoding(headers);
        return refused == null ? new Form.Taken(new TraceForm(encoding, Form.isGzip(headers), metrics)) : refused;
    }

    @Override
    public Answer refused(Problem why, HttpHeaders headers, String requestId) {
        Encoding encoding = Encoding.of(Form.mediaType(headers));
        return encoding == null ? Answer.problem(why, requestId) : encoding.refused(why, requestId);
    }
}
