// The counter under a long answer. Characters are counted as the server counts them: code points, one per line end.

const length = (text) => [...text.replaceAll("\r\n", "\n").trim()].length;

function show(counter, field) {
  const left = Number(counter.dataset.max) - length(field.value);
  counter.textContent = (left < 0 ? counter.dataset.overText : counter.dataset.left).replace("{n}", Math.abs(left));
  counter.toggleAttribute("data-over", left < 0);
}

export function countAll(root) {
  for (const counter of root.querySelectorAll("[data-counter-for]")) {
    const field = document.getElementById(counter.dataset.counterFor);
    field.addEventListener("input", () => show(counter, field));
    show(counter, field);
  }
}
