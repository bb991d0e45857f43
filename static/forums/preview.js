// The preview without leaving the page; the same code on the server makes it as makes the post.
export function showPreview(form, body) {
  const button = form.querySelector("button[name='preview']");
  if (!button) return;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const data = new FormData();
    data.set("csrf_token", form.elements.namedItem("csrf_token").value);
    data.set("board", form.dataset.board);
    data.set("body", body.value);
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: data, redirect: "error" });
      if (!answer.ok) throw new Error("refused");
      show((await answer.json()).html);
    } catch {
      form.requestSubmit(button); // as without a script
    }
  });

  function show(html) {
    let box = document.getElementById("preview");
    if (!box) {
      box = document.createElement("section");
      box.className = "app-preview";
      box.id = "preview";
      box.tabIndex = -1;
      box.setAttribute("aria-labelledby", "preview-heading");
      const heading = document.createElement("h2");
      heading.className = "nhsuk-heading-s";
      heading.id = "preview-heading";
      heading.textContent = "This is how it will look";
      const words = document.createElement("div");
      words.className = "app-words";
      box.append(heading, words);
      form.before(box);
    }
    // Made safe by the server, as every post is.
    box.querySelector(".app-words").innerHTML = html;
    box.focus();
  }
}
