// Keeps what stands in an unfinished form: a while after the last key, and when the page is left. Files are not sent.

const PAUSE_MS = 2500;

export function autosave(form, notice) {
  let timer = 0;
  let changed = false;

  async function send() {
    clearTimeout(timer);
    if (!changed) return;
    changed = false;
    const body = new FormData(form);
    for (const field of form.querySelectorAll("input[type=file]")) body.delete(field.name);
    body.set("act", "autosave");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body), keepalive: true });
      if (!answer.ok) throw new Error(String(answer.status));
      notice.hidden = false;
    } catch {
      changed = true; // tried again with the next key
      notice.hidden = true;
    }
  }

  form.addEventListener("input", () => {
    changed = true;
    notice.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    changed = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send();
  });
}

const button = document.querySelector("main button[name=act][value=save]");
const notice = document.querySelector("[data-autosaved]");
if (button && notice && !button.form.querySelector("input[type=file]")) autosave(button.form, notice);
