// What a script can add to playing: the focus on the new passage where a browser did not move it, notes that save
// themselves, and details that open for paper. Everything works without it.

const WAIT_MS = 1500;

focusOnTarget();
for (const form of document.querySelectorAll(".app-autosave")) saveWhileWriting(form);
openForPaper();

function focusOnTarget() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target && target.tabIndex === -1 && document.activeElement !== target) target.focus();
}

function saveWhileWriting(form) {
  const status = form.querySelector(".app-autosave__status");
  let timer;
  let saving = Promise.resolve();

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => (saving = saving.then(save)), WAIT_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));

  async function save() {
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      status.textContent = answer.ok ? (await answer.json()).saved : "Not saved yet. Press “Save my notes”.";
    } catch {
      status.textContent = "Not saved yet. Press “Save my notes” when you are online again.";
    }
  }
}

function openForPaper() {
  const closed = [];
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll(".app-path__more:not([open])")) {
      details.open = true;
      closed.push(details);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const details of closed.splice(0)) details.open = false;
  });
}
