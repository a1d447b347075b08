// Plays what the « Écouter » links lead to, in place. Without it they open the sound itself.
const RATES = [0.7, 0.85, 1, 1.15, 1.3, 1.5];
const remembered = (key) => sessionStorage.getItem(`af-${key}`);
const remember = (key, value) => sessionStorage.setItem(`af-${key}`, value);
const page = document.documentElement;
const player = document.getElementById("listen-player").content.firstElementChild;
const part = (name) => player.querySelector(`[data-player-${name}]`);
const audio = new Audio();
const readsItself = () => page.dataset.modality === "voice" && "voiceAutoplay" in page.dataset;
let link = null;

function setRate(step) {
  const place = RATES.indexOf(Number(remembered("rate") ?? page.dataset.voiceRate)) + step;
  const rate = RATES[Math.min(RATES.length - 1, Math.max(0, place))];
  remember("rate", rate);
  audio.defaultPlaybackRate = audio.playbackRate = rate;
  part("rate").textContent = rate.toLocaleString("fr");
}

function show(playing) {
  // nobody speaks over the voice
  document.getElementById("announcer")?.setAttribute("aria-live", playing ? "off" : "polite");
  if (!link) return;
  link.querySelector("[data-listen-word]").textContent = playing ? player.dataset.stop : player.dataset.start;
  link.querySelector(".visually-hidden").hidden = playing;
}

function stop() {
  URL.revokeObjectURL(audio.src);
  audio.removeAttribute("src");
  audio.load();
  show(false);
  player.remove();
  link = null;
}

async function playWhole(address, refusal) {
  const answer = await fetch(address);
  if (!answer.ok || !answer.headers.get("Content-Type").startsWith("audio/")) throw refusal;
  audio.src = URL.createObjectURL(await answer.blob());
  await audio.play();
}

async function start(target, byItself) {
  stop();
  link = target;
  part("failure").hidden = true;
  show(true);
  link.after(player);
  setRate(0);
  try {
    audio.src = target.href;
    await audio.play().catch((refusal) => {
      if (refusal.name !== "NotSupportedError" || link !== target) throw refusal;
      return playWhole(target.href, refusal); // some players want a length before the first second
    });
  } catch (refusal) {
    if (link === target && refusal.name !== "AbortError") fail(byItself);
  }
}

function fail(byItself) {
  const failed = link;
  stop();
  if (byItself) return;
  failed.after(player);
  part("failure").hidden = false;
}

function greet() {
  if (link && !link.isConnected) stop();
  part("auto").hidden = !readsItself();
  for (const found of document.querySelectorAll("a[data-listen]")) found.setAttribute("role", "button");
  if (!readsItself() || remembered("auto") === "off") return;
  const question = document.querySelector(":is(#problems, .question) [data-listen]");
  if (!question || remembered("read") === question.href) return;
  remember("read", question.href);
  start(question, true);
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("a[data-listen], [data-player-step]");
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (target.dataset.playerStep) setRate(Number(target.dataset.playerStep));
  else if (target === link) stop();
  else start(target, false);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && link) stop();
  if (event.key !== " " || !event.target.matches("a[data-listen]")) return;
  event.preventDefault();
  event.target.click();
});
document.addEventListener("htmx:afterSettle", greet);
audio.addEventListener("ended", stop);
audio.addEventListener("error", () => link && audio.currentTime > 0 && fail(false));
part("auto").firstElementChild.checked = remembered("auto") !== "off";
part("auto").firstElementChild.addEventListener("change", (event) => remember("auto", event.target.checked ? "on" : "off"));
greet();
