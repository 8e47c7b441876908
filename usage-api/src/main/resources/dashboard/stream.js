// Server-sent events over fetch, since EventSource can't send the secret in a header.

/**
 * Events of a body: `{ id, event, data }`, in order. A block that has an id alone moves the reader on and says nothing. Comments,
 * which keep the connection alive, call `onComment`.
 */
export async function* events(body, onComment) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let event = {};
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      const lines = (rest + value).split(/\r\n|\n/);
      rest = lines.pop();
      for (const line of lines) {
        if (line === "") {
          if (event.data !== undefined || event.id !== undefined) {
            yield event;
          }
          event = {};
        } else if (line.startsWith(":")) {
          onComment();
        } else {
          take(event, line);
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function take(event, line) {
  const colon = line.indexOf(":");
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
  event[name] = name === "data" && event.data !== undefined ? `${event.data}\n${value}` : value;
}
