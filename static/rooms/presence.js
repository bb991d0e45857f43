// Who is here, who writes, who would like to speak; and telling the others the same of oneself.

const QUIET = 4_000; // milliseconds without a key until somebody no longer writes
const WORDS = { away: "away", here: "", typing: "is writing", hand: "would like to speak" };

export function presence({ room, socket, field }) {
  const list = room.querySelector("[data-present]");
  const count = room.querySelector("[data-count]");
  const typing = room.querySelector("[data-typing]");
  const hand = room.querySelector("[data-hand]");
  let said = "here";
  let raised = false;
  let timer = null;

  const tell = (state) => {
    const shown = raised ? "hand" : state;
    if (shown === said) return;
    said = shown;
    if (socket.connected) socket.emit("room:state", { state: shown });
  };

  field?.addEventListener("input", () => {
    clearTimeout(timer);
    tell("typing");
    timer = setTimeout(() => tell("here"), QUIET);
  });
  document.addEventListener("visibilitychange", () => tell(document.hidden ? "away" : "here"));

  if (hand) {
    hand.hidden = false;
    hand.addEventListener("click", () => {
      raised = !raised;
      hand.setAttribute("aria-pressed", String(raised));
      hand.textContent = raised ? "Lower your hand" : "Raise your hand";
      tell("here");
    });
  }

  return {
    again() {
      const state = said;
      said = "here";
      tell(state === "hand" ? "here" : state);
    },

    show({ members, count: number }) {
      count.textContent = `(${number ?? members.length})`;
      list.replaceChildren(
        ...members.map(({ name, state }) => {
          const line = document.createElement("li");
          line.textContent = name;
          line.dataset.state = state;
          if (WORDS[state]) {
            const words = document.createElement("span");
            words.className = "app-present__state";
            words.textContent = ` ${WORDS[state]}`;
            line.append(words);
          }
          return line;
        }),
      );
      const writers = members.filter(({ name, state }) => state === "typing" && name !== room.dataset.me);
      typing.textContent =
        writers.length === 0
          ? ""
          : writers.length === 1
            ? `${writers[0].name} is writing`
            : `${writers.length} people are writing`;
    },
  };
}
