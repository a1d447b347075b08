// Loaded only for who switched on « adapter automatiquement pour moi »: tells the device's own settings, in coarse
// steps, once a visit. Nothing typed, no position, no time.
const matches = (query) => window.matchMedia(query).matches;
const bucket = (value, steps) => steps.reduce((best, step) => (value >= step - 5 ? step : best), steps[0]);
const rootSize = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 0.16;

function read() {
  const chosen = Number(document.documentElement.dataset.textSize || 100) / 100;
  const touch = matches("(pointer: coarse)");
  return {
    contrast: ["more", "less", "custom"].find((value) => matches(`(prefers-contrast: ${value})`)) || "no-preference",
    forced_colors: matches("(forced-colors: active)"),
    reduced_motion: matches("(prefers-reduced-motion: reduce)"),
    color_scheme: matches("(prefers-color-scheme: dark)") ? "dark" : "light",
    zoom: touch ? 100 : bucket((window.outerWidth / window.innerWidth) * 100, [100, 125, 150, 200, 300, 400]),
    text_size: bucket(rootSize() / chosen, [100, 125, 150, 200]),
    touch,
  };
}

function send(hints) {
  const kept = JSON.stringify(hints);
  if (sessionStorage.getItem("af-hints") === kept) return;
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!token) return;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  fetch("/affichage/appareil", { method: "POST", headers, body: kept, credentials: "same-origin" })
    .then((answer) => answer.ok && sessionStorage.setItem("af-hints", kept));
}

let tabs = 0;
let pointed = false;
addEventListener("pointerdown", () => { pointed = true; });
addEventListener("keydown", (event) => {
  if (event.key === "Tab" && !pointed && (tabs += 1) === 10) send({ ...read(), keyboard_only: true });
});
send(read());
