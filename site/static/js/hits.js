// Hits inside a decision by key: n goes to the next, p to the one before. Without this, each hit links to the next.

const bar = document.querySelector("[data-hits]");
const count = Number(bar?.dataset.hits ?? 0);

function current() {
  const named = /^#hit-(\d+)$/.exec(location.hash);
  return named ? Number(named[1]) : 0;
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !count) return;
  if (event.key === "n") location.hash = `hit-${(current() % count) + 1}`;
  if (event.key === "p") location.hash = `hit-${((current() + count - 2 + (current() ? 0 : 1)) % count) + 1}`;
});
