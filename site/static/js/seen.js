// Opening a case marks it as read; without this script the button does.

const box = document.querySelector("[data-seen]");
const form = box?.querySelector("form");

if (form) {
  box.hidden = true;
  fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => {
    box.hidden = false;
  });
}
