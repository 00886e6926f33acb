/* Small helpers that the other files share. Everything in this folder only makes quicker what works without it. */
const Gold = {
  words: () => document.getElementById("words")?.dataset ?? {},
  who: document.documentElement.dataset.who ?? "",
  ready: (then) => document.addEventListener("DOMContentLoaded", then),
  button: (text, press) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn sm";
    button.textContent = text;
    button.addEventListener("click", press);
    return button;
  },
};
