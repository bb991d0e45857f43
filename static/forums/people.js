// Names after an @: a list to choose from, of those who can read the board. Follows the pattern of a combobox, so that
// arrows, Enter, Escape and screen readers work as people know them.
const WAIT_MS = 200;
const BEGUN = /(^|[\s(])@([\p{L}][\p{L}'’ -]{1,40})$/u;

export function offerPeople(form, body) {
  const list = document.createElement("ul");
  list.className = "app-people";
  list.id = `people-${form.dataset.board}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "People you can mention");
  list.hidden = true;
  body.after(list);
  body.setAttribute("aria-autocomplete", "list");
  body.setAttribute("aria-controls", list.id);

  let timer;
  let asked = 0;
  let chosen = 0;
  let people = [];

  body.addEventListener("input", () => {
    clearTimeout(timer);
    const begun = before();
    if (!begun) return close();
    timer = setTimeout(() => ask(begun[2]), WAIT_MS);
  });
  body.addEventListener("blur", () => setTimeout(close, WAIT_MS));
  body.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter" || event.key === "Tab") put(people[chosen]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });

  function before() {
    if (body.selectionStart !== body.selectionEnd) return null;
    return BEGUN.exec(body.value.slice(0, body.selectionStart));
  }

  async function ask(begun) {
    const turn = ++asked;
    try {
      const answer = await fetch(`${form.dataset.people}?q=${encodeURIComponent(begun)}`, { redirect: "error" });
      if (!answer.ok || turn !== asked) return;
      people = (await answer.json()).people;
      show();
    } catch {
      close();
    }
  }

  function show() {
    if (!people.length || !before()) return close();
    list.replaceChildren(...people.map((person, number) => {
      const one = document.createElement("li");
      one.className = "app-people__one";
      one.id = `${list.id}-${number}`;
      one.setAttribute("role", "option");
      one.textContent = person.name;
      one.addEventListener("mousedown", (event) => {
        event.preventDefault();
        put(person);
      });
      return one;
    }));
    list.hidden = false;
    choose(0);
  }

  function choose(number) {
    chosen = (number + people.length) % people.length;
    [...list.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === chosen)));
    body.setAttribute("aria-activedescendant", `${list.id}-${chosen}`);
  }

  function put(person) {
    const begun = before();
    if (begun) {
      const end = body.selectionStart;
      body.setRangeText(`@${person.at_name} `, end - begun[2].length - 1, end, "end");
      body.dispatchEvent(new Event("input", { bubbles: true }));
    }
    close();
  }

  function close() {
    list.hidden = true;
    people = [];
    body.removeAttribute("aria-activedescendant");
  }
}
