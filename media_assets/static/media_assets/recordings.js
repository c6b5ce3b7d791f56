// The desk for recordings: upload with progress, and files that are watched while they are made.

const WAIT = 1500;

function showErrors(form, { errors, twin }) {
  for (const [name, sentences] of Object.entries(errors)) {
    const field = form.querySelector(`[data-field="${CSS.escape(name)}"]`) ?? form.querySelector("[data-field]");
    const box = field.querySelector("[data-errors]");
    for (const sentence of sentences) {
      box.append(Object.assign(document.createElement("p"), { textContent: sentence }));
    }
    if (twin && name === "file") {
      box.append(Object.assign(document.createElement("a"), { href: twin, textContent: form.dataset.twin }));
    }
    field.querySelector("input, select")?.focus();
  }
}

function send(form) {
  const request = new XMLHttpRequest();
  const progress = form.querySelector("[data-progress]");
  const [bar, status] = [progress.querySelector("progress"), progress.querySelector("[data-status]")];
  const button = form.querySelector("[type=submit]");
  const stop = () => { progress.hidden = true; button.disabled = false; };
  const broken = () => { stop(); showErrors(form, { errors: { file: [form.dataset.broken] } }); };

  form.querySelectorAll("[data-errors]").forEach((box) => box.replaceChildren());
  progress.hidden = false;
  button.disabled = true;
  status.textContent = form.dataset.sending;
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = total ? (100 * loaded) / total : 0;
    if (loaded === total) {
      bar.removeAttribute("value");
      status.textContent = form.dataset.checking;
    }
  });
  request.addEventListener("error", broken);
  request.addEventListener("load", () => {
    let answer;
    try { answer = JSON.parse(request.responseText); } catch { broken(); return; }
    if (answer.url) { window.location.assign(answer.url); return; }
    stop();
    showErrors(form, answer);
  });
  request.open("POST", form.action || window.location.href);
  request.setRequestHeader("Accept", "application/json");
  request.send(new FormData(form));
}

function acceptDrops(area) {
  const input = area.querySelector("input[type=file]");
  area.querySelector("[data-drop-hint]").hidden = false;
  const over = (on) => (event) => { event.preventDefault(); area.classList.toggle("is-over", on); };
  area.addEventListener("dragover", over(true));
  area.addEventListener("dragleave", over(false));
  area.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

async function watch(box) {
  const status = document.querySelector("[data-done]");
  for (let busy = Boolean(box.dataset.busy); busy;) {
    await new Promise((go) => { setTimeout(go, WAIT); });
    try {
      const answer = await (await fetch(box.dataset.watch)).json();
      box.innerHTML = answer.html;
      busy = answer.busy;
    } catch { /* the next round asks again */ }
    if (!busy && "reload" in box.dataset) window.location.reload(); // what may be done next stands outside the box
    else if (!busy) status.textContent = status.dataset.done;
  }
}

document.querySelectorAll("form[data-upload]").forEach((form) => {
  form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
  form.querySelectorAll("[data-drop]").forEach(acceptDrops);
});
document.querySelectorAll("[data-watch]").forEach(watch);
