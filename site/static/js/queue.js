// Moving through the queue by keys: j and k go down and up, Enter opens (the link has the focus), x ticks, a assigns,
// t transfers – the ticked cases where there are any, else the one that has the focus.

const table = document.querySelector("[data-queue]");
const links = table ? [...table.querySelectorAll(".queue__open")] : [];
const ticks = table ? [...table.querySelectorAll("input[name=pick]")] : [];
const all = document.querySelector("[data-all]");
const count = document.querySelector("[data-count]");
const typing = "input:not([type=checkbox]), select, textarea, [contenteditable]";

function chosen() {
  return ticks.filter((one) => one.checked);
}

function show() {
  const number = chosen().length;
  if (count) count.textContent = number ? count.dataset.count + number : "";
  if (all) {
    all.checked = number > 0 && number === ticks.length;
    all.indeterminate = number > 0 && number < ticks.length;
  }
}

function row() {
  return document.activeElement?.closest("tr");
}

function move(step) {
  const here = links.findIndex((one) => one.closest("tr") === row());
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
  links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
}

function tick() {
  const one = row()?.querySelector("input[name=pick]");
  if (one) one.checked = !one.checked;
  show();
}

function act(name) {
  const many = document.querySelector(`[data-act=${name}]`);
  const link = row()?.querySelector(".queue__open");
  if (chosen().length && many) many.click();
  else if (many && link) location.assign(`${link.getAttribute("href")}/${name}`);
}

const keys = {
  j: () => move(1), k: () => move(-1), x: tick, a: () => act("assign"), t: () => act("transfer"),
};

if (links.length) {
  document.querySelector("[data-keys]").hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(typing)) return;
    const todo = keys[event.key];
    if (!todo) return;
    event.preventDefault();
    todo();
  });
}

if (all) {
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    ticks.forEach((one) => (one.checked = all.checked));
    show();
  });
  table.addEventListener("change", show);
  show();
}
