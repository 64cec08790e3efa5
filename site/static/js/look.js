// Says beside a number what its form tells, a moment after it was typed. The server knows the rules; nothing is kept.

const PAUSE_MS = 500;

function watch(field) {
  const told = document.createElement("p");
  told.className = "field__hint";
  told.setAttribute("role", "status");
  field.after(told);
  let timer = 0;
  let asked = 0;

  async function ask() {
    const mine = ++asked;
    const body = new URLSearchParams({
      name: field.name,
      value: field.value,
      csrf_token: field.form.elements.csrf_token.value,
    });
    try {
      const answer = await fetch(field.dataset.look, { method: "POST", body });
      const { sentence } = answer.ok ? await answer.json() : { sentence: "" };
      if (mine === asked) told.textContent = sentence;
    } catch {
      told.textContent = "";
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  if (field.value) ask();
}

const address = document.querySelector("[data-look-at]")?.dataset.lookAt;
const NAMES = ["right_number", "respondent_uscc", "uscc", "id_number", "nice_class"];
for (const name of address ? NAMES : []) {
  for (const field of document.querySelectorAll(`main input[name=${name}]`)) {
    field.dataset.look = address;
    watch(field);
  }
}
