/** Nothing is saved under a lock, so nothing is typed under it either; all can still be read and copied. */
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".content-locked form[data-edit-form]");
  if (!form) return;
  const TYPED = "textarea, input:is([type=text], [type=number], [type=url], [type=email], :not([type]))";
  const PRESSED = `select, button:not([data-panel-toggle]), input:not([type=hidden], ${TYPED})`;
  const why = document.querySelector(".messages .lock")?.textContent.trim() ?? "";
  const shut = (selector, attribute) => {
    for (const field of form.querySelectorAll(selector)) {
      if (field.hasAttribute(attribute) || field.closest("footer, [role=dialog]")) continue;
      field.setAttribute(attribute, "");
      if (why && !field.title) field.title = why;
    }
  };
  const shutAll = () => {
    shut(TYPED, "readonly");
    shut(PRESSED, "disabled");
    shut("[contenteditable=true]", "inert");
  };
  shutAll();
  new MutationObserver(shutAll).observe(form, { childList: true, subtree: true });
});
