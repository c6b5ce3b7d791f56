// The council's reading page on a phone: one part a screen. Without this, and on wider screens, all parts stand below each other.
const page = document.querySelector(".reading");
const bar = page.querySelector(".reading-steps");
const tabs = [...bar.querySelectorAll("a")];
const panels = [...page.querySelectorAll("[data-step]")];
const phone = matchMedia("(max-width: 47.99rem)");
const panelOf = (hash) => (/^#[\w-]+$/.test(hash) ? document.querySelector(hash)?.closest("[data-step]") : null);
const tabOf = (panel) => tabs.find((tab) => panelOf(tab.hash) === panel);

function open(panel) {
  for (const each of panels) each.classList.toggle("on", each === panel);
  for (const tab of tabs) {
    const here = panelOf(tab.hash) === panel;
    tab.setAttribute("aria-selected", here);
    tab.tabIndex = here ? 0 : -1;
  }
}

function turnTo(tab) {
  history.replaceState(null, "", tab.hash);
  open(panelOf(tab.hash));
  if (bar.getBoundingClientRect().top <= 0 || panelOf(tab.hash).getBoundingClientRect().top > innerHeight / 2) panelOf(tab.hash).scrollIntoView();
}

function openNamed() {
  const panel = phone.matches && panelOf(location.hash);
  if (!panel || !tabOf(panel)) return;
  open(panel);
  panel.scrollIntoView();
}

function intoSteps() {
  page.classList.add("in-steps");
  bar.setAttribute("role", "tablist");
  for (const tab of tabs) {
    const panel = panelOf(tab.hash);
    tab.id = `tab-${tab.hash.slice(1)}`;
    tab.setAttribute("role", "tab");
    panel.id ||= "bagian-akhir";
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
  }
  open(panelOf(location.hash) ?? page.querySelector("[data-step=open]") ?? panels[0]);
}

function outOfSteps() {
  page.classList.remove("in-steps");
  bar.removeAttribute("role");
  for (const tab of tabs) {
    for (const name of ["role", "aria-selected", "aria-controls", "tabindex"]) tab.removeAttribute(name);
    panelOf(tab.hash).removeAttribute("role");
  }
}

function arrange() {
  if (phone.matches) intoSteps();
  else outOfSteps();
}

for (const tab of tabs) {
  tab.addEventListener("click", (event) => {
    if (!phone.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    turnTo(tab);
  });
  tab.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(tab), last = tabs.length - 1;
    const to = { ArrowLeft: at ? at - 1 : last, ArrowRight: at < last ? at + 1 : 0, Home: 0, End: last, " ": at }[event.key];
    if (!phone.matches || to === undefined) return;
    event.preventDefault();
    turnTo(tabs[to]);
    tabs[to].focus();
  });
}
phone.addEventListener("change", arrange);
addEventListener("hashchange", openNamed);
if (phone.matches) {
  intoSteps();
  openNamed();
}
