// Moving through the queue by keys: j and k go down and up, Enter opens (the link has the focus), a assigns, t transfers.

const table = document.querySelector("[data-queue]");
const links = table ? [...table.querySelectorAll(".queue__open")] : [];
const typing = "input, select, textarea, [contenteditable]";

function move(step) {
  const here = links.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
  links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
}

function act(name) {
  const link = links.find((one) => one === document.activeElement);
  if (link) location.assign(`${link.getAttribute("href")}/${name}`);
}

const keys = { j: () => move(1), k: () => move(-1), a: () => act("assign"), t: () => act("transfer") };

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
