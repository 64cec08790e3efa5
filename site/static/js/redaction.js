// Redaction by keys: j and k go to the next and the last mark, a masks, r opens the reasons for keeping.
// Words marked with the mouse in the original go into the field for marking by hand.

const typing = "input, select, textarea, [contenteditable]";
const follow = (key) => document.querySelector(`[data-key="${key}"]`)?.click();
const keys = {
  j: () => follow("j"),
  k: () => follow("k"),
  a: () => document.getElementById("mask-form")?.requestSubmit(),
  r: () => {
    const reasons = document.getElementById("keep");
    if (!reasons) return;
    reasons.open = true;
    reasons.querySelector("input:not([type=hidden])")?.focus();
  },
};

const hint = document.querySelector("[data-keys]");
if (hint) hint.hidden = false;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(typing)) return;
  const todo = keys[event.key];
  if (!todo) return;
  event.preventDefault();
  todo();
});

document.addEventListener("mouseup", () => {
  const selection = document.getSelection();
  const words = selection.toString().trim();
  const inside = selection.anchorNode?.parentElement?.closest("[data-original]");
  const field = document.querySelector("input[name=stretch]");
  if (inside && field && words.length > 1 && words.length <= 200) field.value = words;
});
