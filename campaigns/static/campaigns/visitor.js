// The visitor page's behaviour; inlined (see campaigns/inlined.py). Without it the page still plays and reads.
const one = (selector) => document.querySelector(selector);
const beacon = document.body.dataset.beacon;
const told = new Set();
function tell(event) {
  if (!beacon || told.has(event)) return;
  told.add(event);
  navigator.sendBeacon(`${beacon}?e=${event}`);
}
for (const link of document.querySelectorAll("[data-event]")) {
  link.addEventListener("click", () => tell(link.dataset.event));
}

// The lyric's parts: links to sections without this, real tabs with it, and an address for each either way.
const lyric = one(".lyric"), tabs = [...document.querySelectorAll(".parts a")];
function open(tab) {
  for (const each of tabs) {
    each.setAttribute("aria-selected", each === tab);
    each.tabIndex = each === tab ? 0 : -1;
    one(each.hash).classList.toggle("on", each === tab);
  }
}
function turnTo(tab) {
  history.replaceState(null, "", tab.hash);
  open(tab);
  if (lyric.getBoundingClientRect().top < 0) lyric.scrollIntoView();
}
function openNamed() {
  const named = /^#[\w-]+$/.test(location.hash) && one(location.hash);
  const tab = named && tabs.find((each) => one(each.hash).contains(named));
  if (!tab) return;
  open(tab);
  (named.matches(".part") ? lyric : named).scrollIntoView();
}
if (lyric) {
  one(".parts").setAttribute("role", "tablist");
  for (const tab of tabs) {
    const panel = one(tab.hash);
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.tabIndex = 0;
    tab.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      turnTo(tab);
      seek(one(`${tab.hash} [data-s]`));
    });
    tab.addEventListener("keydown", (event) => {
      const at = tabs.indexOf(tab), last = tabs.length - 1;
      const to = { ArrowLeft: at ? at - 1 : last, ArrowRight: at < last ? at + 1 : 0, Home: 0, End: last, " ": at }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      turnTo(tabs[to]);
      tabs[to].focus();
    });
  }
  open(tabs[0]);
  openNamed();
  addEventListener("hashchange", openNamed);
}

// The line that is sung: lit while it is, and a tap on a line or a part takes the playing song there.
const timed = [...document.querySelectorAll("[data-s]")], still = matchMedia("(prefers-reduced-motion: reduce)");
let lit = null, sung = null;
function isInSight(line) {
  const { height, top, bottom } = line.getBoundingClientRect();
  return height > 0 && top > 50 && bottom < innerHeight;
}
function follow(now) {
  const begun = timed.filter((line) => line.dataset.s <= now).pop();
  const line = begun && now < (begun.dataset.e || Infinity) ? begun : null;
  if (line === lit) return;
  lit?.removeAttribute("aria-current");
  lit = line;
  if (!line) return;
  // Only who reads along is taken along: the line before stood in sight, or the lyric is still further down.
  const reads = sung && isInSight(sung);
  sung = line;
  line.setAttribute("aria-current", "true");
  if (reads || lyric.getBoundingClientRect().top > innerHeight) open(tabs.find((tab) => one(tab.hash).contains(line)));
  if (reads && !still.matches && !isInSight(line)) line.scrollIntoView({ block: "center", behavior: "smooth" });
}
function seek(line) {
  if (line && !audio.paused) audio.currentTime = line.dataset.s;
}
for (const line of timed) {
  line.addEventListener("click", (event) => {
    if (!event.target.closest("a") && getSelection().isCollapsed) seek(line);
  });
}
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
});

const player = one(".player");
const audio = one(".plain audio");
if (audio) {
  const button = one(".play"), word = one(".play b"), size = one("[data-size]"), fault = one(".fault");
  const range = one(".wave input"), cover = one("#sudah rect"), choices = [...document.querySelectorAll(".quality input")];
  const length = Number(range.max), words = player.dataset;
  let heard = 0, last = 0, wanted = 0;

  const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
  const low = choices.find((choice) => choice.value === "low");
  if (low && !audio.canPlayType("audio/ogg; codecs=opus")) low.closest("label").remove();
  const line = navigator.connection;
  if (low?.isConnected && line && (line.saveData || /2g|3g/.test(line.effectiveType || ""))) low.checked = true;
  const chosen = () => choices.find((choice) => choice.checked && choice.isConnected) || choices[0];

  function choose() {
    const { src, bytes } = chosen().dataset;
    size.textContent = bytes;
    if (audio.getAttribute("src") === src) return;
    const playing = !audio.paused, at = audio.currentTime || wanted;
    audio.src = src;
    wanted = at;
    if (playing) start();
  }
  function start() {
    fault.textContent = "";
    if (audio.error) { wanted = audio.currentTime || wanted; audio.load(); }
    audio.play().catch(() => {});
  }
  function show() {
    range.value = audio.currentTime;
    range.setAttribute("aria-valuetext", `${clock(audio.currentTime)} / ${clock(length)}`);
    cover.setAttribute("width", (audio.currentTime / length) * 1000);
  }
  button.addEventListener("click", () => (audio.paused ? start() : audio.pause()));
  range.addEventListener("input", () => {
    wanted = Number(range.value);
    cover.setAttribute("width", (wanted / length) * 1000);
    if (audio.readyState) audio.currentTime = wanted;
  });
  audio.addEventListener("loadedmetadata", () => { if (wanted) audio.currentTime = wanted; wanted = 0; });
  audio.addEventListener("timeupdate", () => {
    const step = audio.currentTime - last;
    if (step > 0 && step < 2) heard += step;
    last = audio.currentTime;
    if (heard >= 30) tell("dengar30");
    show();
    follow(audio.currentTime);
  });
  for (const event of ["play", "pause", "ended"]) {
    audio.addEventListener(event, () => {
      button.toggleAttribute("data-on", !audio.paused);
      word.textContent = audio.paused ? words.play : words.pause;
    });
  }
  audio.addEventListener("playing", () => tell("putar"));
  audio.addEventListener("error", () => {
    const other = choices.find((choice) => choice.isConnected && choice !== chosen());
    if (other && chosen().value === "low") { other.checked = true; choose(); start(); return; }
    button.removeAttribute("data-on");
    word.textContent = words.play;
    fault.textContent = words.fault;
  });
  for (const choice of choices) choice.addEventListener("change", choose);
  choose();
}
