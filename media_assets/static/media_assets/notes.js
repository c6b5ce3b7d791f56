// Notes on the council's reading page: a tapped line opens its form in place, and what is typed is kept on this phone
// until the server has it. Without this, each line's number leads to a page of its own.
const page = document.querySelector(".reading");
const draft = page.querySelector("[data-draft]")?.dataset;
const prefix = `bersenjang:${draft?.draft}:`;
const typed = "textarea, input[type=text]";

const kept = {
  keys() { try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; } },
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, words) { try { localStorage.setItem(key, words); } catch { /* full or forbidden: the page still works */ } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* as above */ } },
};

const keyOf = (field) => prefix + (field.form.elements.baris ? `catatan-${field.form.elements.baris.value}-${field.name}` : field.id);

// A note that was closed does not open by itself any more; its words come back when the line is tapped.
const shutKey = (uid) => `${prefix}catatan-${uid}-tutup`;

const lineOf = (inside) => inside.closest(".line, .compared-now");

function say(form, words) {
  let line = form.querySelector("[data-said]");
  if (!line) {
    line = document.createElement("p");
    line.className = "notice";
    line.dataset.said = "";
    line.setAttribute("role", "status");
    form.prepend(line);
  }
  line.textContent = words;
  return line;
}

function restore(form) {
  let back = false;
  for (const field of form.querySelectorAll(typed)) {
    const words = kept.get(keyOf(field));
    if (words === null || words === field.value) continue;
    field.value = words;
    back = true;
  }
  if (back) say(form, draft.restored);
  return back;
}

function openNote(link) {
  const form = document.querySelector("#catatan");
  const fields = form.elements;
  kept.drop(shutKey(link.dataset.uid));
  fields.baris.value = link.dataset.uid;
  for (const [field, words] of [[fields.words, ""], [fields.new_text, link.dataset.text], [fields.new_gloss, link.dataset.gloss], [fields.new_spoken, link.dataset.spoken]]) {
    field.defaultValue = words;
    field.value = words;
  }
  form.querySelector("[data-spoken]").hidden = !link.dataset.spoken;
  form.querySelector("[data-said]")?.remove();
  form.hidden = false;
  lineOf(link).querySelector(".verse-line").after(form);
  restore(form);
  return form;
}

function closeNote() {
  const form = document.querySelector("#catatan");
  const line = lineOf(form);
  if (form.elements.baris.value) kept.set(shutKey(form.elements.baris.value), "1");
  form.hidden = true;
  line?.querySelector("a.line-number").focus();
}

function keepDrafts() {
  for (const done of document.querySelectorAll("[data-recorded]")) {
    for (const key of kept.keys()) if (key.startsWith(prefix + done.dataset.recorded)) kept.drop(key);
  }
  page.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches(typed) || !field.form) return;
    if (field.value === field.defaultValue) kept.drop(keyOf(field));
    else kept.set(keyOf(field), field.value);
  });
  page.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    const line = say(event.target, draft.offline);
    event.submitter?.closest("p")?.before(line);
    line.scrollIntoView({ block: "nearest" });
  });
  for (const form of page.querySelectorAll("form:not(#catatan)")) {
    if (restore(form) && form.closest("details")) form.closest("details").open = true;
  }
}

function tapLines() {
  for (const link of page.querySelectorAll("a.line-number")) {
    const line = lineOf(link);
    line.classList.add("tappable");
    line.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.target.closest(".notes, .note-form") || String(getSelection())) return;
      event.preventDefault();
      openNote(link).elements.words.focus();
    });
  }
  document.querySelector("#catatan [data-close]").addEventListener("click", closeNote);
  const unsent = kept.keys().map((key) => /catatan-([0-9a-f]{8})-/.exec(key)).find((found) => found && !kept.get(shutKey(found[1])) && page.querySelector(`#baris-${found[1]} a.line-number`));
  if (!unsent) return;
  openNote(page.querySelector(`#baris-${unsent[1]} a.line-number`));
  if (!location.hash) location.hash = `#baris-${unsent[1]}`;
}

if (draft) {
  keepDrafts();
  if (document.querySelector("#catatan")) tapLines();
}
