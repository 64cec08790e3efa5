// Proof of work (ALTCHA): finds the number whose hash the page asks for, while the filer reads the page once more.
// Sending does not wait for anything but this; where it cannot be done, the filing goes without and is looked at by hand.

const AT_ONCE = 400;
const bytes = new TextEncoder();
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export async function solve({ algorithm, challenge, salt, signature, maxNumber }) {
  const began = performance.now();
  for (let first = 0; first <= maxNumber; first += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, maxNumber - first + 1) }, (_, step) => first + step);
    const found = await Promise.all(
      numbers.map(async (number) => hex(await crypto.subtle.digest(algorithm, bytes.encode(salt + number))) === challenge),
    );
    const place = found.indexOf(true);
    if (place >= 0) {
      const took = Math.round(performance.now() - began);
      return btoa(JSON.stringify({ algorithm, challenge, number: numbers[place], salt, signature, took }));
    }
  }
  return "";
}

const field = document.querySelector("input[data-challenge]");
if (field?.dataset.challenge && globalThis.crypto?.subtle) {
  const form = field.form;
  let isReady = false;
  let pressed = null;
  const work = solve(JSON.parse(field.dataset.challenge))
    .then((payload) => (field.value = payload))
    .catch(() => "")
    .finally(() => {
      isReady = true;
      if (pressed) form.requestSubmit(pressed);
    });
  form.addEventListener("submit", (event) => {
    if (isReady) return;
    event.preventDefault();
    pressed = event.submitter;
  });
  await work;
}
