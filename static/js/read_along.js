// Underlines the word that is being spoken. Loaded when a sound begins; nothing happens where the browser lacks highlights.
const NAME = "spoken";
const SENTENCE_END = /[.!?:;…]$/;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const bare = (word) => word.normalize("NFC").toLowerCase().replace(/’/g, "'").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}%€]+$/gu, "");

function scopeOf(link, from) {
  if (link.dataset.listen === "posted") return link.closest(".card");
  if (link.dataset.listen === "clip") return link.closest(".question") ?? link.closest("section, main");
  const id = new URL(from).searchParams.get("ecouter");
  return (id && document.getElementById(id)) || document.querySelector("main");
}

function timesOf(link, from) {
  const address = new URL(from);
  if (link.dataset.listen === "clip") address.pathname = address.pathname.replace(/mp3$/, "json");
  else address.searchParams.set("mots", "");
  return address;
}

function wordsIn(scope) {
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("[data-silent], .visually-hidden, script, textarea, select")) continue;
    if (node.parentElement.checkVisibility?.() === false) continue;
    for (const found of node.data.matchAll(/\S+/g)) {
      const key = bare(found[0]);
      if (key) words.push({ node, start: found.index, end: found.index + found[0].length, key });
    }
  }
  return words;
}

// The longest run of words that both have, in order: what is said and not shown, or shown and not said, is passed over.
function paired(said, shown) {
  const best = Array.from({ length: said.length + 1 }, () => new Uint16Array(shown.length + 1));
  for (let i = said.length - 1; i >= 0; i--) {
    for (let j = shown.length - 1; j >= 0; j--) {
      best[i][j] = said[i].key === shown[j].key ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < said.length && j < shown.length; ) {
    if (said[i].key === shown[j].key) pairs.push([said[i++], j++]);
    else if (best[i + 1][j] >= best[i][j + 1]) i++;
    else j++;
  }
  return pairs;
}

function timedRanges(line, shown, place) {
  const said = line.words.flatMap(([start, end, text], word) => text.split(/\s+/).map((part) => ({ word, key: bare(part) })));
  const near = shown.slice(place, place + 2 * said.length + 80);
  const ranges = [];
  let last = place;
  for (const [{ word }, found] of paired(said.filter((one) => one.key), near)) {
    const [start, end, text] = line.words[word];
    const { node, start: from, end: to } = near[found];
    last = place + found + 1;
    const before = ranges.at(-1);
    const joined = before && (calm.matches ? !before.closed : before.word === word);
    const range = joined ? before.range : document.createRange();
    if (!joined) {
      range.setStart(node, from);
      ranges.push({ word, range, start });
    }
    range.setEnd(node, to);
    Object.assign(ranges.at(-1), { end, closed: SENTENCE_END.test(text) });
  }
  return [ranges, last];
}

async function* linesOf(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) yield JSON.parse(line);
  }
}

// `from`: where the sound comes from. `carried`: what the times are asked for with, where only this page knows the text.
export async function follow(audio, link, from, carried, signal) {
  if (!CSS.highlights || !link.isConnected) return;
  const shown = wordsIn(scopeOf(link, from));
  const ranges = [];
  let painted = null;
  const paint = () => {
    if (signal.aborted) return;
    const now = audio.currentTime * 1000;
    const word = ranges.findLast(({ start, end }) => start <= now && now < end) ?? null;
    if (word !== painted) {
      painted = word;
      if (word) CSS.highlights.set(NAME, new Highlight(word.range));
      else CSS.highlights.delete(NAME);
    }
    requestAnimationFrame(paint);
  };
  signal.addEventListener("abort", () => CSS.highlights.delete(NAME));
  const answer = await fetch(timesOf(link, from), { ...carried, signal });
  if (!answer.ok) return;
  paint();
  let place = 0;
  for await (const line of linesOf(answer)) {
    if (line.failed) link.dispatchEvent(new CustomEvent("voicefailed", { bubbles: true }));
    const [found, next] = timedRanges(line, shown, place);
    ranges.push(...found);
    place = next;
  }
}
