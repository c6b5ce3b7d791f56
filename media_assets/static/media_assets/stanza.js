/** The stanza editor: two text areas side by side, a line a row, where every line keeps its uid while people type. */
(() => {
  const MAX_GONE = 200;
  const owners = new Map(); // uid → the widget that shows it, so that a duplicated stanza gets lines of its own
  const gone = []; // lines that were cut or deleted here; pasted back, in any stanza, they are themselves again

  const newUid = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const newRow = (text = "", gloss = "") => ({ uid: newUid(), text, gloss, spoken: "", formula: false });
  const split = (value) => value.replace(/\r\n?/g, "\n").split("\n");
  const trimEnd = (rows, key) => rows.map((row) => row[key]).join("\n").replace(/\n+$/, "");

  function element(tag, className, properties = {}) {
    return Object.assign(document.createElement(tag), { className, ...properties });
  }

  function likeness(a, b) {
    const pairs = (text) => Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2));
    const left = pairs(a);
    const right = pairs(b);
    const all = left.length + right.length;
    const shared = left.filter((pair) => {
      const at = right.indexOf(pair);
      if (at >= 0) right.splice(at, 1);
      return at >= 0;
    });
    return all ? (2 * shared.length) / all : 0;
  }

  function take(list, test) {
    const at = list.findIndex(test);
    return at < 0 ? null : list.splice(at, 1)[0];
  }

  /** The rows of one changed stretch: the same words first, then rewordings in order, else the most alike. */
  function pair(before, texts) {
    const free = [...before];
    const rows = texts.map((text) => {
      const same = (row) => text.trim() && row.text === text;
      return take(free, same) || take(gone, same);
    });
    const open = rows.flatMap((row, at) => (row ? [] : [at]));
    if (open.length === free.length) {
      open.forEach((at) => (rows[at] = free.shift()));
    } else {
      const alike = open
        .flatMap((at) => free.map((row) => [likeness(row.text, texts[at]), at, row]))
        .sort((a, b) => b[0] - a[0]);
      for (const [ratio, at, row] of alike) {
        if (ratio >= 0.5 && !rows[at] && free.includes(row)) rows[at] = take(free, (other) => other === row);
      }
    }
    gone.unshift(...free.filter((row) => row.text.trim()));
    gone.splice(MAX_GONE);
    return rows.map((row, at) => Object.assign(row || newRow(), { text: texts[at] }));
  }

  /** The rows after the lyric's text area came to hold `texts`; `rows` below the lyric's last line hold only a gloss. */
  function follow(rows, shown, texts) {
    const sung = rows.slice(0, shown);
    const below = rows.slice(shown);
    if (!texts.some((text) => text.trim())) return rows.map((row) => ({ ...row, text: "" }));
    let head = 0;
    while (head < Math.min(sung.length, texts.length) && sung[head].text === texts[head]) head += 1;
    let tail = 0;
    const most = Math.min(sung.length, texts.length) - head;
    while (tail < most && sung[sung.length - 1 - tail].text === texts[texts.length - 1 - tail]) tail += 1;
    if (head === sung.length && below.length) {
      const meet = below.splice(0, texts.length - head);
      return [...sung, ...pair(meet, texts.slice(head)), ...below];
    }
    return [
      ...sung.slice(0, head),
      ...pair(sung.slice(head, sung.length - tail), texts.slice(head, texts.length - tail)),
      ...sung.slice(sung.length - tail),
      ...below,
    ];
  }

  class BoundStanza {
    constructor(input, strings) {
      this.input = input;
      this.strings = strings;
      this.idForLabel = `${input.id}-text`;
      this.text = this.area("text", strings.text);
      this.gloss = this.area("gloss", strings.gloss);
      this.count = element("p", "stanza__count");
      this.sung = this.disclosure();
      const pairOfAreas = element("div", "stanza__areas");
      pairOfAreas.append(this.text.column, this.gloss.column);
      this.root = element("div", "stanza");
      input.replaceWith(this.root);
      this.root.append(input, pairOfAreas, this.count, this.sung);
      this.text.area.addEventListener("input", () => this.lyricChanged());
      this.gloss.area.addEventListener("input", () => this.glossChanged());
      // not while somebody types: the text area would jump away under the hands
      for (const { area } of [this.text, this.gloss]) area.addEventListener("change", () => this.fit());
      new ResizeObserver(() => this.root.clientWidth !== this.width && this.fit()).observe(this.root);
    }

    /** Side by side while every line fits half the width, else one below the other. */
    fit() {
      this.width = this.root.clientWidth;
      this.root.classList.remove("stanza--long");
      const long = [this.text, this.gloss].some(({ area }) => area.scrollWidth > area.clientWidth);
      this.root.classList.toggle("stanza--long", long);
    }

    area(key, label) {
      const column = element("div", "stanza__column");
      const caption = element("label", "stanza__label", { htmlFor: `${this.input.id}-${key}`, textContent: label });
      const box = element("div", "stanza__box");
      const numbers = element("pre", "stanza__numbers");
      numbers.setAttribute("aria-hidden", "true");
      const area = element("textarea", "stanza__area", { id: `${this.input.id}-${key}`, wrap: "off", spellcheck: false });
      area.setAttribute("aria-describedby", `${this.input.id}-count`);
      box.append(numbers, area);
      column.append(caption, box);
      return { column, numbers, area };
    }

    disclosure() {
      const details = element("details", "stanza__sung");
      details.append(element("summary", "", { textContent: this.strings.sung }), element("div", "stanza__sung-rows"));
      details.addEventListener("toggle", () => details.open && this.showSung());
      return details;
    }

    setState(state) {
      const value = JSON.parse(state || "{}");
      const texts = split(value.text || "");
      const glosses = split(value.gloss || "");
      const known = [...(value.lines || [])];
      const height = Math.max(texts.length, glosses.length);
      this.rows = Array.from({ length: height }, (_, at) => {
        const text = texts[at] || "";
        const row = (text && take(known, (line) => line.text === text)) || newRow();
        return { ...row, text, gloss: glosses[at] || "" };
      });
      const copied = this.ownRows();
      this.shown = texts.length;
      this.input.value = state || "";
      if (copied) this.write();
      this.text.area.value = texts.join("\n");
      this.gloss.area.value = glosses.join("\n");
      this.show();
    }

    /** Fresh uids for rows that another stanza on this page already shows. */
    ownRows() {
      let copied = false;
      for (const row of this.rows) {
        const owner = owners.get(row.uid);
        if (owner && owner !== this && owner.root.isConnected) {
          row.uid = newUid();
          copied = true;
        }
        owners.set(row.uid, this);
      }
      return copied;
    }

    lyricChanged() {
      const texts = split(this.text.area.value);
      this.rows = follow(this.rows, this.shown, texts);
      this.shown = texts.length;
      const glosses = trimEnd(this.rows, "gloss");
      if (glosses !== this.gloss.area.value.replace(/\n+$/, "")) this.gloss.area.value = glosses;
      this.changed();
    }

    glossChanged() {
      const glosses = split(this.gloss.area.value);
      while (this.rows.length < glosses.length) this.rows.push(newRow());
      this.rows.forEach((row, at) => (row.gloss = glosses[at] || ""));
      while (this.rows.length > this.shown && !this.rows.at(-1).gloss) this.rows.pop();
      this.changed();
    }

    changed() {
      this.rows.forEach((row) => owners.set(row.uid, this));
      this.write();
      this.show();
    }

    write() {
      const lines = this.rows.filter((row) => row.text.trim() || row.gloss.trim());
      const join = (key) => this.rows.map((row) => row[key]).join("\n");
      this.input.value = JSON.stringify({ lines, text: join("text"), gloss: join("gloss") });
    }

    show() {
      const height = Math.max(4, this.rows.length + 1);
      const numbers = this.rows.map((_, at) => at + 1).slice(0, this.filled()).join("\n");
      for (const side of [this.text, this.gloss]) {
        side.area.rows = height;
        side.numbers.textContent = numbers;
      }
      const lines = this.rows.filter((row) => row.text.trim());
      const bare = lines.filter((row) => !row.gloss.trim()).length;
      const lost = this.rows.filter((row) => row.gloss.trim() && !row.text.trim()).length;
      const words = [this.strings.count.replace("{n}", lines.length)];
      if (bare && bare < lines.length) words.push(this.strings.bare.replace("{n}", bare));
      if (lost) words.push(this.strings.lost.replace("{n}", lost));
      this.count.id = `${this.input.id}-count`;
      this.count.textContent = words.join(" · ");
      if (this.sung.open) this.showSung();
    }

    filled() {
      const last = this.rows.findLastIndex((row) => row.text.trim() || row.gloss.trim());
      return Math.max(last + 1, 1);
    }

    showSung() {
      const rows = this.rows.filter((row) => row.text.trim());
      const list = rows.map((row) => {
        const item = element("fieldset", "stanza__sung-row");
        const spoken = element("input", "stanza__spoken", { type: "text", value: row.spoken, maxLength: 200 });
        spoken.setAttribute("aria-label", `${this.strings.spoken}: ${row.text}`);
        spoken.placeholder = this.strings.spoken;
        spoken.addEventListener("input", () => ((row.spoken = spoken.value), this.write()));
        const formula = element("input", "", { type: "checkbox", checked: row.formula });
        formula.addEventListener("change", () => ((row.formula = formula.checked), this.write()));
        const label = element("label", "stanza__formula");
        label.append(formula, ` ${this.strings.formula}`);
        item.append(element("legend", "", { textContent: row.text }), spoken, label);
        return item;
      });
      this.sung.querySelector(".stanza__sung-rows").replaceChildren(...list);
    }

    getState() {
      return this.input.value;
    }

    getValue() {
      return this.input.value;
    }

    getTextLabel(options) {
      const first = this.rows.map((row) => row.text.trim()).find(Boolean) || "";
      const most = options?.maxLength;
      return most && first.length > most ? `${first.slice(0, most - 1)}…` : first;
    }

    setInvalid(invalid) {
      for (const { area } of [this.text, this.gloss]) {
        if (invalid) area.setAttribute("aria-invalid", "true");
        else area.removeAttribute("aria-invalid");
      }
    }

    focus() {
      this.text.area.focus();
    }
  }

  class StanzaWidget {
    constructor(strings) {
      this.strings = strings;
    }

    render(placeholder, name, id, state) {
      const input = element("input", "", { type: "hidden", name, id });
      placeholder.replaceWith(input);
      const bound = new BoundStanza(input, this.strings);
      bound.setState(state);
      return bound;
    }
  }

  window.telepath.register("bersenjang.StanzaWidget", StanzaWidget);
})();
