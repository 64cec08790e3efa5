// Typing ahead in the search box: the browser's own list of suggestions, filled while somebody types.

const WAIT = 150;

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-suggestions`;
  input.after(list);
  input.setAttribute("list", list.id);
  input.setAttribute("autocomplete", "off");
  let timer;
  let asked = "";

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const typed = input.value.trim();
      if (typed.length < 2 || typed === asked) return;
      asked = typed;
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      if (!answer.ok || typed !== input.value.trim()) return;
      const { items } = await answer.json();
      list.replaceChildren(
        ...items.map((item) => {
          const option = document.createElement("option");
          option.value = item.text;
          // The browser shows what has the typed letters in it; a name found by its pinyin has not.
          const has = item.text.toLowerCase().includes(typed.toLowerCase());
          option.label = `${item.text} (${item.count})${has ? "" : ` · ${typed}`}`;
          return option;
        }),
      );
    }, WAIT);
  });
}
