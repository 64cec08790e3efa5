// What every page gains where scripts run: copying, printing, counting. Everything works without them.

import { countAll } from "./counter.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const words = button.querySelector("span");
    words.textContent = button.dataset.copied;
    words.setAttribute("role", "status");
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

document.getElementById("problems")?.focus();
countAll(document);
