// What one writes: sent in order, each with a name of its own so that trying again never says it twice.

const PATIENCE = 8_000; // milliseconds for an answer

const uuid = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

export function outgoing({ form, socket, log, problem }) {
  const field = form.elements.body;
  const waiting = []; // in the order in which they were written
  let busy = false;
  let stopped = false;

  const complain = (words) => {
    problem.textContent = words;
    problem.hidden = words === "";
    field.toggleAttribute("aria-invalid", words !== "");
  };

  const next = () => {
    if (busy || stopped || waiting.length === 0) return;
    const message = waiting[0];
    if (!socket.connected) return log.state(message.line, "Waiting for the connection");
    busy = true;
    log.state(message.line, "Sending");
    socket.timeout(PATIENCE).emit("room:send", { id: message.id, body: message.body }, (lost, answer) => {
      busy = false;
      if (lost) {
        log.state(message.line, "Not sent yet. Trying again.");
        return setTimeout(next, 1_000);
      }
      waiting.shift();
      if (answer?.ok) log.state(message.line, "");
      else giveBack(message, answer?.reason ?? "It could not be sent.");
      next();
    });
  };

  const giveBack = (message, reason) => {
    log.drop(message.line);
    field.value = field.value ? `${message.body}\n${field.value}` : message.body;
    complain(`Not sent. ${reason}`);
    field.focus();
  };

  const send = () => {
    const body = field.value.trim();
    if (stopped) return;
    if (body === "") return complain("Write something first.");
    complain("");
    const id = uuid();
    waiting.push({ id, body, line: log.wait(id, body) });
    field.value = "";
    field.focus();
    next();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    send();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  field.addEventListener("input", () => complain(""));
  document.querySelector("[data-keys]").hidden = false;
  addEventListener("beforeunload", (event) => {
    if (waiting.length > 0 && !stopped) event.preventDefault();
  });

  return {
    flush: next,
    stop() {
      stopped = true;
      form.hidden = field.value.trim() === "";
    },
  };
}
