// Calls a vendor that this process plays itself, through OpenAI's own client, and exports the spans as OTLP's JSON to
// where OTEL_EXPORTER_OTLP_TRACES_ENDPOINT says. Prints one "traceid-spanid name" for each span.
const http = require("node:http");
const { metrics } = require("@opentelemetry/api");
const { OpenAIInstrumentation } = require("@opentelemetry/instrumentation-openai");
const { OTLPTraceExporter } = require("@opentelemetry/exporter-trace-otlp-http");
const { resourceFromAttributes } = require("@opentelemetry/resources");
const { BatchSpanProcessor, NodeTracerProvider } = require("@opentelemetry/sdk-trace-node");

const printer = {
  onStart() {},
  onEnd(span) {
    const { traceId, spanId } = span.spanContext();
    console.log(`${traceId}-${spanId} ${span.name}`);
  },
  forceFlush: async () => {},
  shutdown: async () => {},
};
const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ "service.name": process.env.OTEL_SERVICE_NAME }),
  spanProcessors: [printer, new BatchSpanProcessor(new OTLPTraceExporter())],
});
provider.register();
new OpenAIInstrumentation().setMeterProvider(metrics.getMeterProvider());
const { OpenAI } = require("openai");

const model = "gpt-4o-mini-2024-07-18";
const usage = { prompt_tokens: 2006, completion_tokens: 300, total_tokens: 2306 };

function reply(request) {
  if (request.url.endsWith("/embeddings")) {
    return { object: "list", model: "text-embedding-3-small", data: [{ index: 0, embedding: [0.1] }], usage: { prompt_tokens: 8, total_tokens: 8 } };
  }
  const message = { role: "assistant", content: "secret words" };
  return { id: "chatcmpl-1", object: "chat.completion", model, choices: [{ index: 0, message, finish_reason: "stop" }], usage };
}

function stream(body) {
  const chunk = (choices, counted) => `data: ${JSON.stringify({ id: "chatcmpl-2", object: "chat.completion.chunk", model, choices, usage: counted })}\n\n`;
  const delta = { index: 0, delta: { content: "secret words" }, finish_reason: "stop" };
  return chunk([delta], null) + (body.stream_options?.include_usage ? chunk([], usage) : "") + "data: [DONE]\n\n";
}

const vendor = http.createServer((request, response) => {
  let text = "";
  request.on("data", (part) => (text += part));
  request.on("end", () => {
    const body = JSON.parse(text);
    response.setHeader("content-type", body.stream ? "text/event-stream" : "application/json");
    response.end(body.stream ? stream(body) : JSON.stringify(reply(request)));
  });
});

vendor.listen(0, "127.0.0.1", async () => {
  const client = new OpenAI({ apiKey: "none", baseURL: `http://127.0.0.1:${vendor.address().port}/v1` });
  const chat = { model: "gpt-4o-mini", messages: [{ role: "user", content: "secret words" }] };
  await client.chat.completions.create(chat);
  for (const options of [{ include_usage: true }, undefined]) {
    for await (const part of await client.chat.completions.create({ ...chat, stream: true, stream_options: options }));
  }
  await client.embeddings.create({ model: "text-embedding-3-small", input: "secret words", encoding_format: "float" });
  await provider.shutdown();
  vendor.close();
  vendor.closeAllConnections();
});
