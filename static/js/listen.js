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
let address = ""; // where the sound comes from: the link's own address, or a part of it
let leash = null;
let isCut = false;
let waiting = [];

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

// the word being spoken, underlined; the sound does without it
function readAlong() {
  leash = new AbortController();
  const { signal } = leash;
  const carried = carriedBy(link);
  import(player.dataset.along).then((along) => along.follow(audio, link, address, carried, signal)).catch(() => {});
}

function stop() {
  leash?.abort();
  URL.revokeObjectURL(audio.src);
  audio.removeAttribute("src");
  audio.load();
  show(false);
  if (!readsItself()) player.remove(); // else it stays: nothing moves under the finger as the voice ends
  link = null;
  isCut = false;
  waiting = [];
}

// what only this page knows is asked for with what the card carries, never with the person's fields
function carriedBy(target) {
  if (target.href) return {};
  const carried = [...new FormData(target.form)].filter(([name]) => ["csrfmiddlewaretoken", "voice-state"].includes(name));
  return { method: "POST", body: new URLSearchParams(carried) };
}

async function playWhole(target, refusal) {
  const answer = await fetch(address, carriedBy(target));
  if (link !== target) return;
  if (!answer.ok || !answer.headers.get("Content-Type").startsWith("audio/")) throw refusal;
  audio.src = URL.createObjectURL(await answer.blob());
  await audio.play();
}

async function start(target, byItself, from = target.href ?? target.formAction, place = target) {
  stop();
  link = target;
  address = from;
  part("failure").hidden = true;
  show(true);
  place.after(player);
  setRate(0);
  try {
    if (target.href) {
      audio.src = address;
      await audio.play().catch((refusal) => {
        if (refusal.name !== "NotSupportedError" || link !== target) throw refusal;
        return playWhole(target, refusal); // some players want a length before the first second
      });
    } else await playWhole(target, new Error("no sound"));
    if (link === target) readAlong();
  } catch (refusal) {
    if (link === target && refusal.name !== "AbortError") fail(byItself);
  }
}

// one after the other; the player stands beside the last from the start, so that nothing moves
function startAll([first, ...others]) {
  if (!first) return;
  start(first[0], true, first[1], others.at(-1)?.[0]);
  waiting = others;
}

function goOn() {
  const others = waiting;
  stop();
  startAll(others);
}

function fail(byItself) {
  if (byItself) return goOn();
  const failed = link;
  stop();
  failed.after(player);
  part("failure").hidden = false;
}

function greet() {
  if (link && !link.isConnected) stop();
  part("auto").hidden = !readsItself();
  for (const found of document.querySelectorAll("a[data-listen]")) found.setAttribute("role", "button");
  if (remembered("asked-rate") !== page.dataset.voiceRate) {
    remember("asked-rate", page.dataset.voiceRate); // « plus lentement » is said to the page, not to the player
    remember("rate", page.dataset.voiceRate);
  }
  const stopped = document.querySelector("[data-voice=stopped]");
  if (stopped || !readsItself() || remembered("auto") === "off") return;
  const question = ["#problems", "#voice", ".question"]
    .map((place) => document.querySelector(`${place} [data-listen]:not([data-listen-asked])`)).find(Boolean);
  const once = question?.href ?? question?.dataset.listenOnce;
  if (!question || remembered("read") === once) return;
  remember("read", once);
  startAll([...untold(), [question]]);
}

// the title and the explanations of a step are told once, before its first question
function untold() {
  const opening = document.querySelector("[data-listen-first] [data-listen]");
  if (!opening) return [];
  const told = JSON.parse(remembered("told") ?? "[]");
  const from = new URL(opening.href);
  const parts = (from.searchParams.get("ecouter") ?? "step-title,step-intro").split(","); // a clip says these
  const fresh = parts.filter((part) => !told.includes(location.pathname + part));
  remember("told", JSON.stringify([...told, ...fresh.map((part) => location.pathname + part)].slice(-50)));
  if (!fresh.length) return [];
  if (fresh.length < parts.length) from.searchParams.set("ecouter", fresh.join(","));
  return [[opening, from.href]];
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-listen], [data-player-step]");
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
document.addEventListener("accessform:hush", () => link && stop()); // the microphone opens
addEventListener("pagehide", () => link && stop());
document.addEventListener("voicefailed", () => (isCut = true));
audio.addEventListener("ended", () => (isCut && link ? fail(false) : goOn()));
audio.addEventListener("error", () => link && audio.currentTime > 0 && fail(false));
part("auto").firstElementChild.checked = remembered("auto") !== "off";
part("auto").firstElementChild.addEventListener("change", (event) => remember("auto", event.target.checked ? "on" : "off"));
greet();
