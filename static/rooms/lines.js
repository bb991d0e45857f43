// The messages on the page, by their place in the order, and those of one's own that are on their way.

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "Europe/London" });
const NEAR = 80; // pixels from the end at which somebody still reads along

export function lines(room, announce) {
  const log = room.querySelector("[data-log]");
  const newer = room.querySelector("[data-newer]");
  const older = room.querySelector("[data-older]");
  const template = document.querySelector("template[data-line]");
  const actions = document.querySelector("template[data-actions]");
  const signs = document.querySelector("template[data-signs]");
  const me = room.dataset.me;
  const known = new Map([...log.querySelectorAll("[data-seq]")].map((line) => [Number(line.dataset.seq), line]));
  let missed = 0;

  const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  const toEnd = () => {
    log.scrollTop = log.scrollHeight;
    missed = 0;
    newer.hidden = true;
  };

  const timeWords = (at) => {
    const day = DAY.format(at);
    return day === DAY.format(new Date()) ? CLOCK.format(at) : `${day}, ${CLOCK.format(at)}`;
  };

  const fill = (line, message) => {
    const at = new Date(message.at);
    line.querySelector(".app-said__author").textContent = message.author;
    const time = line.querySelector("time");
    time.dateTime = message.at;
    time.textContent = timeWords(at);
    const body = line.querySelector(".app-said__body");
    body.textContent = message.removed ? "A moderator removed this message." : message.body;
    body.classList.toggle("app-said__body--removed", Boolean(message.removed));
    if (message.seq) {
      line.dataset.seq = message.seq;
      line.id = `message-${message.seq}`;
      line.querySelector(".app-said__at").href = `#message-${message.seq}`;
    }
    line.classList.toggle("app-said--mine", message.author === me);
    showReactions(line, message.removed ? {} : (message.reactions ?? {}));
    if (message.seq && !message.removed) offerActions(line, message.seq);
    else line.querySelector(".app-said__more")?.remove();
  };

  const showReactions = (line, counts) => {
    line.querySelector(".app-said__signs")?.remove();
    const found = Object.entries(counts);
    if (found.length === 0) return;
    const list = document.createElement("p");
    list.className = "app-said__signs";
    for (const [kind, number] of found) {
      const sign = signs.content.querySelector(`[data-kind="${kind}"]`);
      if (!sign) continue;
      const shown = document.createElement("span");
      const picture = document.createElement("span");
      picture.setAttribute("aria-hidden", "true");
      picture.textContent = `${sign.textContent} ${number}`;
      const words = document.createElement("span");
      words.className = "nhsuk-u-visually-hidden";
      words.textContent = `${sign.title}: ${number}`;
      shown.append(picture, words);
      list.append(shown);
    }
    line.append(list);
  };

  const offerActions = (line, seq) => {
    if (line.querySelector(".app-said__more")) return;
    const offered = actions.content.cloneNode(true);
    for (const link of offered.querySelectorAll("a")) {
      link.href = link.getAttribute("href").replace("/messages/0/", `/messages/${seq}/`);
    }
    line.append(offered);
  };

  const place = (line, seq) => {
    const after = [...log.querySelectorAll("[data-seq]")].reverse().find((other) => Number(other.dataset.seq) < seq);
    if (after) after.after(line);
    else log.prepend(line);
  };

  const pendingLine = (id) => log.querySelector(`[data-pending="${CSS.escape(id)}"]`);
  const reading = () => {
    room.querySelector("[data-empty]").hidden = log.children.length > 0;
  };

  for (const [seq, line] of known) {
    if (!line.querySelector(".app-said__body--removed")) offerActions(line, seq);
    line.classList.toggle("app-said--mine", line.querySelector(".app-said__author").textContent === me);
  }
  older.hidden = !("more" in room.dataset);
  newer.addEventListener("click", () => {
    toEnd();
    log.focus();
  });
  log.addEventListener("scroll", () => {
    if (isAtEnd()) {
      missed = 0;
      newer.hidden = true;
    }
  });
  toEnd();

  return {
    lastSeq: () => Math.max(0, ...known.keys()),
    firstSeq: () => Math.min(...known.keys()),
    isEmpty: () => known.size === 0,
    hasOlder: (yes) => {
      older.hidden = !yes;
    },

    put(message, { isNews }) {
      if (known.has(message.seq)) return this.change(message);
      const stay = !isAtEnd();
      const mine = pendingLine(message.id);
      const line = mine ?? template.content.firstElementChild.cloneNode(true);
      if (mine) delete mine.dataset.pending;
      line.querySelector(".app-said__state").hidden = true;
      line.classList.remove("app-said--waiting");
      fill(line, message);
      place(line, message.seq);
      known.set(message.seq, line);
      reading();
      if (isNews && message.author !== me) announce(message);
      if (!stay || message.author === me) return toEnd();
      missed += 1;
      newer.textContent = missed === 1 ? "1 new message" : `${missed} new messages`;
      newer.hidden = false;
    },

    change(message) {
      const line = known.get(message.seq);
      if (line) fill(line, message);
    },

    putOlder(messages, more) {
      const from = log.scrollHeight - log.scrollTop;
      for (const message of messages) {
        if (known.has(message.seq)) continue;
        const line = template.content.firstElementChild.cloneNode(true);
        line.querySelector(".app-said__state").remove();
        fill(line, message);
        place(line, message.seq);
        known.set(message.seq, line);
      }
      older.hidden = !more;
      log.scrollTop = log.scrollHeight - from;
    },

    wait(id, body) {
      const line = template.content.firstElementChild.cloneNode(true);
      line.dataset.pending = id;
      line.classList.add("app-said--waiting");
      fill(line, { author: me, body, at: new Date().toISOString() });
      log.append(line);
      reading();
      toEnd();
      return line;
    },

    state(line, words, again) {
      const state = line.querySelector(".app-said__state");
      if (!state) return;
      state.hidden = words === "";
      state.textContent = words;
      if (again) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "app-link-button";
        button.textContent = "Try again";
        button.addEventListener("click", again);
        state.append(" ", button);
      }
    },

    drop(line) {
      line.remove();
      reading();
    },

    clear() {
      log.replaceChildren();
      known.clear();
    },
  };
}
