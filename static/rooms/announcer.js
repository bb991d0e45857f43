// Tells a screen reader what is new without flooding it: at most one sentence every few seconds.

const PAUSE = 4_000; // milliseconds
const LONGEST = 160; // characters of a single message; more are a number

export function announcer(region) {
  let waiting = [];
  let timer = null;

  const speak = () => {
    timer = null;
    if (waiting.length === 0) return;
    const last = waiting[waiting.length - 1];
    region.textContent =
      waiting.length === 1
        ? `${last.author}: ${last.body.slice(0, LONGEST)}`
        : `${waiting.length} new messages, the last from ${last.author}`;
    waiting = [];
    timer = setTimeout(speak, PAUSE);
  };

  return (message) => {
    waiting.push(message);
    if (timer === null) timer = setTimeout(speak, 200);
  };
}
