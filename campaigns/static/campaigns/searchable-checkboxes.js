// Narrows a list of boxes to tick as one types; ticked boxes always stay in sight.
function attach(root) {
  const search = root.querySelector("input[type=search]");
  const count = root.querySelector("[data-count]");
  const items = [...root.querySelectorAll("li")];

  function show() {
    const words = search.value.toLocaleLowerCase("id").split(/\s+/).filter(Boolean);
    for (const item of items) {
      const text = item.textContent.toLocaleLowerCase("id");
      item.hidden = !item.querySelector("input").checked && !words.every((word) => text.includes(word));
    }
    count.textContent = `${items.filter((item) => item.querySelector("input").checked).length} ${count.dataset.words}`;
  }

  search.closest("p").hidden = false;
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  root.addEventListener("change", show);
  show();
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-searchable-checkboxes]").forEach(attach);
});
