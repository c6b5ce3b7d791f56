// What is missing is said in the page's words; the browser's own may be in another language.
for (const field of document.querySelectorAll("[data-missing], form[data-missing] :is(input, select, textarea)")) {
  const words = field.dataset.missing ?? field.form.dataset.missing;
  field.addEventListener("invalid", () => field.setCustomValidity(field.validity.valueMissing ? words : ""));
  field.addEventListener("input", () => field.setCustomValidity(""));
}
