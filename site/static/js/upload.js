// Files that go on after a break (tus 1.0.0): sent in pieces as soon as they are chosen, each with its progress.
// Without this the form sends them as ever. What is remembered of a file in this browser is a digest, not its name.

const PIECE = 4 * 1024 * 1024;
const WAITS_MS = [1000, 2000, 5000, 10000, 20000, 30000, 60000];
const TUS = { "Tus-Resumable": "1.0.0" };

class Refused extends Error {}

const base64 = (text) => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
const pause = (ms) =>
  new Promise((go) => {
    const timer = setTimeout(go, ms);
    addEventListener("online", () => (clearTimeout(timer), go()), { once: true });
  });

async function memory(place, file) {
  if (!crypto.subtle) return null;
  const text = `${place}|${file.name}|${file.size}|${file.lastModified}`;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return "upload:" + [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function call(address, method, token, headers = {}, body = undefined) {
  const answer = await fetch(address, {
    method,
    body,
    headers: { ...TUS, "X-CSRFToken": token, Accept: "application/json", ...headers },
  });
  if (answer.ok || answer.status === 409) return answer;
  if (answer.status >= 500 || answer.status === 460) throw new Error(String(answer.status));
  if (answer.status === 429) {
    await pause(1000 * Number(answer.headers.get("Retry-After") ?? 30));
    throw new Error("429");
  }
  const problem = method === "HEAD" ? {} : await answer.json().catch(() => ({}));
  throw new Refused(problem.detail ?? "");
}

async function begin(place, file, token) {
  const headers = { "Upload-Length": String(file.size), "Upload-Metadata": `filename ${base64(file.name)}` };
  return (await call(place, "POST", token, headers)).headers.get("Location");
}

async function offsetOf(address, token) {
  return Number((await call(address, "HEAD", token)).headers.get("Upload-Offset"));
}

async function send(place, file, token, show) {
  const key = await memory(place, file);
  let address = key && localStorage.getItem(key);
  let offset = null;
  for (let broken = 0; ; ) {
    try {
      if (address && offset === null) {
        offset = await offsetOf(address, token).catch((error) => {
          if (!(error instanceof Refused)) throw error;
          address = null; // it ended or belongs to another draft: begin anew
          return null;
        });
      }
      if (!address) {
        address = await begin(place, file, token);
        offset = 0;
        if (key) localStorage.setItem(key, address);
      }
      show(offset);
      while (offset < file.size) {
        const headers = { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
        const answer = await call(address, "PATCH", token, headers, file.slice(offset, offset + PIECE));
        offset = answer.ok ? Number(answer.headers.get("Upload-Offset")) : await offsetOf(address, token);
        show(offset);
        broken = 0;
      }
      if (key) localStorage.removeItem(key);
      return;
    } catch (error) {
      if (error instanceof Refused) {
        if (key) localStorage.removeItem(key);
        throw error;
      }
      if (broken >= WAITS_MS.length) throw error;
      show(offset ?? 0, true);
      offset = null;
      await pause(WAITS_MS[broken++]);
    }
  }
}

function line(box, file) {
  const item = document.createElement("li");
  const name = document.createElement("strong");
  const bar = document.createElement("progress");
  const words = document.createElement("span");
  name.textContent = file.name;
  bar.max = file.size || 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  words.textContent = box.dataset.waiting;
  item.append(name, bar, words);
  box.querySelector("ul").append(item);
  return {
    show(offset, isBroken = false) {
      bar.value = offset;
      words.textContent = isBroken ? box.dataset.broken : `${Math.floor((100 * offset) / bar.max)} %`;
    },
    say(text) {
      bar.hidden = true;
      words.textContent = text;
    },
    refuse(text) {
      this.say(text);
      name.append("：");
      item.className = "uploads__refused";
    },
  };
}

function set(box) {
  const form = box.closest("form");
  const input = form.querySelector("input[type=file]");
  const token = form.querySelector("[name=csrf_token]").value;
  const place = box.dataset.uploads;
  const kept = `refused:${place}`;
  let running = 0;
  let refused = [];
  let pressed = null;

  async function one(file) {
    const shown = line(box, file);
    try {
      await send(place, file, token, shown.show);
      shown.say(box.dataset.done);
    } catch (error) {
      const reason = error instanceof Refused && error.message ? error.message : box.dataset.plain;
      refused.push({ name: file.name, reason });
      shown.refuse(reason);
    }
  }

  // Told until other files are chosen or the filer goes on: a page that comes twice doesn't lose the reasons.
  for (const { name, reason } of JSON.parse(sessionStorage.getItem(kept) ?? "[]")) {
    box.hidden = false;
    line(box, { name, size: 0 }).refuse(reason);
  }

  input.addEventListener("change", async () => {
    const files = [...input.files];
    if (!files.length) return;
    input.value = "";
    sessionStorage.removeItem(kept);
    box.hidden = false;
    running += 1;
    for (const file of files) await one(file);
    running -= 1;
    if (running) return;
    // The page comes back with what was taken and what is ticked. Whoever had files refused stays on it, with the reasons.
    const stay = form.querySelector("button[name=act][value=upload]");
    if (refused.length) sessionStorage.setItem(kept, JSON.stringify(refused));
    form.requestSubmit(refused.length ? stay : (pressed ?? stay));
  });

  form.addEventListener("submit", (event) => {
    if (running) {
      event.preventDefault(); // goes on by itself when the files are there
      pressed = event.submitter;
    } else if (event.submitter?.value !== "upload") sessionStorage.removeItem(kept);
  });
}

for (const box of document.querySelectorAll("[data-uploads]")) set(box);
