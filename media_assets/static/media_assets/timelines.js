// The desk's screens on time. The tables are the truth: all that is dragged, nudged or tapped is written into them.

const audio = document.querySelector(".waktu-tap audio, .waktu-audio");
const round = (seconds) => Math.round(seconds * 100) / 100;

function clock(seconds) {
  const hundredths = Math.round(seconds * 100);
  const two = (number) => String(number).padStart(2, "0");
  return `${two(Math.floor(hundredths / 6000))}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`;
}

// As `media_assets/typed_time.py` reads them.
function read(text) {
  const forms = [/^(\d{1,4}):([0-5]?\d(?:[.,]\d{1,3})?)$/, /^(\d{1,4})\.([0-5]\d,\d{1,3})$/, /^()(\d{1,5}(?:[.,]\d{1,3})?)$/];
  const found = forms.map((form) => form.exec(text.trim())).find(Boolean);
  return found ? round(Number(found[1] || 0) * 60 + Number(found[2].replace(",", "."))) : null;
}

function playFrom(seconds) {
  if (!audio || seconds === null) return;
  audio.currentTime = seconds;
  audio.play().catch(() => {});
}

// Leaving with something typed and not saved is asked once more.
function guard(form) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  return () => { changed = true; };
}

function editSegments(form) {
  const stage = document.querySelector("[data-stage]"), words = stage.dataset, length = Number(words.length);
  const body = form.querySelector("tbody"), now = stage.querySelector("[data-now]"), shapes = stage.querySelector("[data-shapes]");
  const LEAST = 0.5, change = guard(form);
  let zoom = 1;

  const field = (row, name) => row.querySelector(`[name=${name}]`);
  const time = (row, name) => read(field(row, name).value);
  const segments = () => [...body.rows]
    .map((row) => ({ row, start: time(row, "start"), end: time(row, "end"), kind: field(row, "kind").value }))
    .filter(({ start, end, kind }) => kind && start !== null && end !== null && end > start)
    .sort((one, other) => one.start - other.start);

  // An edge goes no further than its own other end and its neighbours.
  function move(row, name, wanted) {
    const all = segments(), at = all.findIndex((one) => one.row === row);
    if (at < 0) return;
    const { start, end } = all[at];
    const low = name === "start" ? all[at - 1]?.end ?? 0 : start + LEAST;
    const high = name === "start" ? end - LEAST : all[at + 1]?.start ?? length;
    field(row, name).value = clock(Math.min(Math.max(wanted, low), high));
    change();
    draw();
  }

  function edge(number, one, name) {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = `waktu-edge is-${name}`;
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-label", `${words[name]} ${number}, ${words[one.kind]}`);
    handle.setAttribute("aria-valuemin", 0);
    handle.setAttribute("aria-valuemax", length);
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      const box = stage.getBoundingClientRect(), held = time(one.row, name), from = event.clientX;
      const drag = (moved) => move(one.row, name, held + ((moved.clientX - from) / box.width) * length);
      handle.addEventListener("pointermove", drag);
      for (const end of ["pointerup", "pointercancel"]) {
        handle.addEventListener(end, () => handle.removeEventListener("pointermove", drag), { once: true });
      }
    });
    handle.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
      if (!way) return;
      event.preventDefault();
      move(one.row, name, time(one.row, name) + way * (event.shiftKey ? 1 : 0.1));
    });
    one.row[name] = handle;
    return handle;
  }

  // Handles live as long as their row, so that one keeps its pointer and its focus while it moves.
  function draw() {
    const all = segments(), kept = new Set();
    all.forEach((one, index) => {
      for (const name of ["start", "end"]) {
        const handle = one.row[name] ?? edge(index + 1, one, name), seconds = one[name];
        if (!handle.isConnected) stage.append(handle);
        handle.style.left = `${(100 * seconds) / length}%`;
        handle.setAttribute("aria-label", `${words[name]} ${index + 1}, ${words[one.kind]}`);
        handle.setAttribute("aria-valuenow", seconds);
        handle.setAttribute("aria-valuetext", clock(seconds));
        kept.add(handle);
      }
    });
    for (const handle of stage.querySelectorAll(".waktu-edge")) if (!kept.has(handle)) handle.remove();
    shapes.replaceChildren(...all.map(({ start, end, kind }) => {
      const shape = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const [y, height] = kind === "syair" ? [0, 48] : [30, 18];
      const sizes = { x: (1000 * start) / length, width: (1000 * (end - start)) / length, y, height };
      for (const [name, value] of Object.entries(sizes)) shape.setAttribute(name, value);
      shape.setAttribute("class", `is-${kind}`);
      return shape;
    }));
  }

  function add() {
    const at = audio?.currentTime ?? 0, all = segments();
    const before = all.filter(({ start }) => start <= at).pop();
    const start = Math.max(at, before?.end ?? 0);
    const next = all.find((one) => one.start >= start);
    const row = form.querySelector("[data-blank]").content.firstElementChild.cloneNode(true);
    body.insertBefore(row, next?.row ?? null);
    field(row, "start").value = clock(start);
    field(row, "end").value = clock(Math.min(start + 5, next?.start ?? length));
    field(row, "kind").value = before?.kind === "syair" ? "musik" : "syair";
    show(row);
    change();
    draw();
    field(row, "start").focus();
  }
  const show = (row) => row.querySelectorAll("[hidden]").forEach((one) => { one.hidden = false; });

  for (const row of [...body.rows]) if (!field(row, "start").value && !field(row, "end").value) row.remove();
  document.querySelectorAll("[data-hint], [data-zoom], [data-add], [data-play], [data-remove]").forEach((one) => { one.hidden = false; });
  body.addEventListener("click", ({ target }) => {
    const row = target.closest("tr");
    if (target.closest("[data-play]")) playFrom(time(row, "start"));
    if (target.closest("[data-remove]")) { row.remove(); change(); draw(); }
  });
  form.querySelector("[data-add]").addEventListener("click", add);
  form.addEventListener("input", draw);
  document.querySelector("[data-zoom]").addEventListener("click", ({ target }) => {
    const by = Number(target.closest("[data-by]")?.dataset.by);
    if (!by) return;
    zoom = Math.min(Math.max(zoom * by, 1), 16);
    stage.style.width = `${zoom * 100}%`;
    if (audio) stage.parentElement.scrollLeft = (audio.currentTime / length) * stage.offsetWidth - stage.parentElement.offsetWidth / 2;
  });
  stage.addEventListener("click", (event) => {
    if (!audio || event.target.closest(".waktu-edge")) return;
    audio.currentTime = ((event.clientX - stage.getBoundingClientRect().left) / stage.offsetWidth) * length;
  });
  audio?.addEventListener("timeupdate", () => {
    now.hidden = false;
    now.style.left = `${(100 * audio.currentTime) / length}%`;
  });
  draw();
}

function timeLines(form) {
  const rows = [...form.querySelectorAll("[data-line]")], tap = document.querySelector("[data-tap]");
  const field = (row) => row.querySelector("input"), change = guard(form), taps = [];
  const next = tap.querySelector("[data-next]"), count = tap.querySelector("[data-count]"), undo = tap.querySelector("[data-undo]");
  const mark = tap.querySelector("[data-mark]"), still = matchMedia("(prefers-reduced-motion: reduce)");
  let at = rows.findIndex((row) => !field(row).value);
  if (at < 0) at = rows.length;

  function show() {
    rows.forEach((row, index) => row.classList.toggle("is-next", index === at));
    const row = rows[at];
    count.textContent = row ? form.dataset.of.replace("{n}", at + 1).replace("{all}", rows.length) : "";
    next.textContent = row ? row.querySelector(".waktu-verse").textContent : next.dataset.none;
    mark.disabled = !row;
    undo.disabled = !taps.length;
    const box = row?.getBoundingClientRect();
    if (taps.length && box && (box.top < tap.getBoundingClientRect().bottom || box.bottom > innerHeight)) {
      row.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
    }
  }
  function markNext() {
    if (!rows[at] || !audio) return;
    taps.push({ at, before: field(rows[at]).value });
    field(rows[at]).value = clock(audio.currentTime);
    at += 1;
    change();
    show();
  }
  function takeBack() {
    const last = taps.pop();
    if (!last) return;
    audio.currentTime = Math.max(0, read(field(rows[last.at]).value) - 3);
    field(rows[last.at]).value = last.before;
    at = last.at;
    show();
  }

  tap.hidden = false;
  form.querySelectorAll("[data-nudges]").forEach((one) => { one.hidden = false; });
  mark.addEventListener("click", markNext);
  undo.addEventListener("click", takeBack);
  addEventListener("keydown", (event) => {
    if (event.key !== " " || event.target.closest("input, select, textarea, button, a, summary, audio")) return;
    event.preventDefault();
    if (!event.repeat) markNext();
  });
  form.addEventListener("click", ({ target }) => {
    const row = target.closest("[data-line]"), by = Number(target.closest("[data-nudge]")?.dataset.nudge);
    if (!row) return;
    const seconds = read(field(row).value);
    if (by && seconds !== null) { field(row).value = clock(Math.max(0, seconds + by)); change(); }
    if (target.closest("[data-play]")) playFrom(seconds);
    if (target.closest("[data-here]")) { at = rows.indexOf(row); show(); }
  });
  audio?.addEventListener("timeupdate", () => {
    const begun = rows.filter((row) => (read(field(row).value) ?? Infinity) <= audio.currentTime).pop();
    rows.forEach((row) => row.classList.toggle("is-sung", row === begun));
  });
  show();
}

document.querySelectorAll("form[data-segments]").forEach(editSegments);
document.querySelectorAll("form[data-lines]").forEach(timeLines);
