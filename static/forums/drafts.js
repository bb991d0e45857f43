// Saves what somebody writes a little after they stop, under the key of the page. A draft that was changed in another
// place becomes two: the server says under which key this page goes on.
const WAIT_MS = 1500;
const FIELDS = ["title", "body", "tags", "client_key", "draft_version", "csrf_token"];

export function saveDrafts(form, body) {
  const status = form.querySelector(".app-saved");
  const key = form.elements.namedItem("client_key");
  const version = form.elements.namedItem("draft_version");
  let timer;
  let saving = Promise.resolve();
  let leaving = false;

  form.addEventListener("input", (event) => {
    if (!FIELDS.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(() => (saving = saving.then(save)), WAIT_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    leaving = true;
  });
  // Back to a page that the browser kept: it saves again.
  window.addEventListener("pageshow", () => (leaving = false));
  if ("restore" in form.dataset) body.addEventListener("focus", restore, { once: true });

  function words() {
    const data = new FormData();
    for (const name of FIELDS) {
      const field = form.elements.namedItem(name);
      if (field) data.set(name, field.value);
    }
    data.set("place", form.dataset.place);
    return data;
  }

  async function save() {
    if (leaving) return;
    try {
      const answer = await fetch(form.dataset.drafts, { method: "POST", body: words(), redirect: "error" });
      const said = await answer.json();
      status.textContent = said.note;
      if (said.key) {
        key.value = said.key;
        version.value = said.version;
      }
    } catch {
      status.textContent = "Not saved. Your words are still here: press “Save as a draft” when you are online again.";
    }
  }

  async function restore() {
    try {
      const answer = await fetch(`${form.dataset.drafts}/at?place=${encodeURIComponent(form.dataset.place)}`, { redirect: "error" });
      const draft = await answer.json();
      if (!draft.key || body.value) return;
      body.value = draft.body;
      key.value = draft.key;
      version.value = draft.version;
      status.textContent = "Here is what you were writing.";
    } catch {
      // The whole sheet restores it, too.
    }
  }
}
