// A room, live: messages in the order that the server gave them, nothing written lost, changes said politely.

import { io } from "../vendor/socket.io-client-4.8.4/socket.io.esm.min.js";
import { announcer } from "./announcer.js";
import { lines } from "./lines.js";
import { outgoing } from "./outgoing.js";
import { presence } from "./presence.js";

const room = document.querySelector("[data-room]");
const part = (name) => room.querySelector(`[data-${name}]`);
const form = room.querySelector(".app-room__form");
const status = part("status");
const announce = announcer(part("announce"));
const log = lines(room, announce);
let evicted = false;
let changes = Number(room.dataset.changes); // how often messages had changed when we last heard
for (const line of room.querySelectorAll(".app-without-script")) line.hidden = true; // for browsers that do not know the media query

const socket = io({
  query: { room: room.dataset.room },
  auth: (answer) => answer({ last_seq: log.lastSeq(), changes }),
  reconnectionDelayMax: 10_000,
});

const say = (words) => {
  if (status.textContent !== words) status.textContent = words;
};

const writing = form && outgoing({ form, socket, log, problem: part("problem") });
const here = presence({ room, socket, field: form?.elements.body });

socket.on("connect", () => {
  if (!("closed" in room.dataset)) say("");
  writing?.flush();
  here.again();
});

socket.on("disconnect", () => {
  if (!evicted) say("The connection is lost. We keep trying; what you write stays on this page.");
});

socket.on("connect_error", (error) => {
  if (error.message === "no such room" || error.message === "sign in first") {
    evicted = true;
    socket.disconnect();
    say("You cannot come into this room any more. Load the page again to see why.");
  } else {
    say("The connection is lost. We keep trying; what you write stays on this page.");
  }
});

socket.on("room:message", (message) => log.put(message, { isNews: true }));
socket.on("room:changed", (message) => log.change(message));
socket.on("room:history", ({ messages, more, changes: heard }) => {
  changes = heard;
  const first = log.isEmpty();
  for (const message of messages) log.put(message, { isNews: !first });
  if (first && more) log.hasOlder(true);
});
socket.on("room:presence", here.show);

socket.on("room:closed", ({ reason }) => {
  say(reason);
  writing?.stop();
});
socket.on("room:opened", () => say("The room is open again. Load the page to write."));

const REASONS = {
  "signed out": "You signed out, so this room is closed here.",
  suspended: "You cannot take part at the moment. Your account page says more.",
  removed: "A moderator has ended your part in this room.",
};

socket.on("room:evicted", ({ reason }) => {
  evicted = true;
  socket.disconnect();
  log.clear();
  writing?.stop();
  say(`${REASONS[reason] ?? "You are not in this room any more."} You can find support at any time.`);
});

part("older").addEventListener("click", () => {
  socket.timeout(8_000).emit("room:older", { before_seq: log.firstSeq() }, (lost, answer) => {
    if (lost || !answer.ok) return say("Earlier messages could not be loaded. Try again.");
    log.putOlder(answer.messages, answer.more);
  });
});

room.addEventListener("click", (event) => {
  const button = event.target.closest("[data-react]");
  if (!button) return;
  const seq = Number(button.closest("[data-seq]").dataset.seq);
  socket.timeout(8_000).emit("room:react", { seq, kind: button.dataset.react }, (lost, answer) => {
    if (lost || !answer.ok) say(answer?.reason ?? "That did not arrive. Try again.");
  });
  button.closest("details").open = false;
});
