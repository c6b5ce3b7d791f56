/** Wagtail begins to watch a form two seconds after it stands; what was typed until then is saved as well. */
(() => {
  const typed = new WeakSet();
  const watched = new WeakSet();
  const note = ({ target, isTrusted }) => {
    const form = isTrusted && target.closest('[data-controller~="w-unsaved"]');
    if (form && !watched.has(form)) typed.add(form);
  };
  document.addEventListener("input", note, true);
  document.addEventListener("change", note, true);
  document.addEventListener("w-unsaved:watch-edits", ({ target }) => {
    if (!watched.has(target) && typed.has(target)) target.setAttribute("data-w-unsaved-force-value", "true");
    watched.add(target);
  });
})();
