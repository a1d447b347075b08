// Loaded only for who switched on « Compter mes gestes pour m'aider plus tôt ». Counts, by question, how a step is met
// (design: signals B1 to B13) and puts whole numbers into the step's own form when it is sent: no request of its own,
// no answer, no key, no position. The figures come with the page, from the policy file.
const CONTROLS = "button, a[href], summary, select, textarea, input:not([type=hidden]), audio, label.choice";
const TEXT = "textarea, input:not([type=radio], [type=checkbox], [type=file], [type=hidden])";
const MOST = 100000;
const LONGEST = 600;

let page = null;
let busy = false;

// A clock that stands still while the page is hidden.
let hiddenFor = 0;
let hiddenAt = document.hidden ? performance.now() : null;
const clock = () => (hiddenAt ?? performance.now()) - hiddenFor;

function begin(field) {
  const found = { field, figures: JSON.parse(field.dataset.figures), turn: clock(), keys: 0, mouse: false, at: new Map() };
  for (const part of document.querySelectorAll("[data-counted]")) {
    const record = recordOf(found, part.dataset.counted);
    record.choices ||= part.querySelector("label.choice") !== null;
    record.empty &&= [...part.querySelectorAll(`${TEXT}, select`)].every((control) => control.value === "")
      && part.querySelector("input:checked") === null;
  }
  rest.stop();
  dead.stop();
  missed = { control: null, times: 0 };
  burst = [];
  long = null;
  turn = { y: scrollY, down: false };
  wander = new WeakMap();
  return found;
}

function recordOf(held, question) {
  if (!held.at.has(question)) {
    held.at.set(question, {
      empty: true, met: false, choices: false, B1: null, written: 0, erased: 0, holds: [],
      B4: 0, B5: 0, B6: 0, B8: 0, B9: 0, B11: 0, B12: 0, B13: 0,
    });
  }
  return held.at.get(question);
}

// A page drawn anew, or a part of it, is counted anew: what was sent is never sent twice.
function current() {
  const field = document.getElementById("counters");
  if (!field) page = null;
  else if (page?.field !== field) page = begin(field);
  return page;
}

const questionOf = (element) => element?.closest?.("[data-counted]")?.dataset.counted ?? "";
const count = (element, name, times = 1) => { recordOf(page, questionOf(element))[name] += times; };

function told(held) {
  const { figures, mouse, at } = held;
  const parts = [];
  for (const [question, record] of at) {
    const tell = (name, value) => parts.push(`${question && `${question}:`}${name}=${Math.min(Math.round(value), MOST)}`);
    if (record.B1 !== null) tell("B1", Math.min(record.B1, LONGEST));
    if (100 * record.erased > figures.B3.over_percent * (record.erased + record.written)) tell("B3", record.erased);
    for (const name of ["B4", "B5", "B6", "B8", "B9", "B13"]) if (record[name]) tell(name, record[name]);
    // Nothing seen is a value too where a mouse was seen: the person's own habit is made of it.
    const habit = mouse && question && record.met;
    if (record.B11 || habit) tell("B11", record.B11);
    if (record.B12 || (habit && record.choices)) tell("B12", record.B12);
  }
  return parts.join(" ");
}

// --- Answering: hesitation, corrections, retyping, keys held (B1, B3, B4, B9)
const BY_HAND = /^insert(Text|CompositionText|LineBreak|Paragraph)$/;
const ERASING = /^delete(?!By)/;
const longest = new WeakMap();
let pressed = { at: 0, wrote: false, long: false };
let long = null;

function isAutofilled(control) {
  try { return control.matches(":autofill"); } catch { return false; }
}

document.addEventListener("keydown", (event) => {
  if (!current() || !event.isTrusted) return;
  rest.stop();
  if (!event.repeat) pressed = { at: clock(), wrote: false, long: false };
  else if (pressed.wrote && clock() - pressed.at >= page.figures.B9.held_ms) {
    pressed.long = true;
    long = event.target;
  }
}, true);

document.addEventListener("input", (event) => {
  const control = event.target;
  dead.stop();
  rest.stop();
  if (!current() || !questionOf(control)) return;
  const record = recordOf(page, questionOf(control));
  const isText = control.matches(TEXT);
  // What the device fills in, a password manager writes or the person pastes is no typing, and no first answer.
  const byHand = event.isTrusted && (isText ? BY_HAND.test(event.inputType) : !isAutofilled(control));
  if (!record.met && record.empty && byHand) record.B1 = Math.floor((clock() - page.turn) / 1000);
  record.met = true;
  page.turn = clock();
  if (isText && event.isTrusted) typed(control, record, event.inputType ?? "", byHand);
}, true);

function typed(control, record, kind, byHand) {
  const most = longest.get(control) ?? 0;
  const erasing = ERASING.test(kind);
  if (byHand || erasing) page.keys += 1;
  if (erasing) {
    record.erased += 1;
    if (long === control) held(record);
    long = null;
    if (control.value === "" && most >= page.figures.B4.characters) longest.set(control, -1);
    return;
  }
  if (byHand) {
    record.written += 1;
    if (most === -1) record.B4 += 1;
    pressed.wrote = true;
    if (!pressed.long) long = null;
  }
  longest.set(control, Math.max(most, control.value.length));
}

function held(record) {
  record.holds = [...record.holds.filter((at) => page.keys - at < page.figures.B9.in_keys), page.keys];
  record.B9 = Math.max(record.B9, record.holds.length);
}

// --- Pressing: bursts, presses without effect, presses beside a control (B5, B6, B8)
let burst = [];
let missed = { control: null, times: 0 };
const near = (a, b, reach) => Math.hypot(a.x - b.x, a.y - b.y) <= reach;

const dead = {
  timer: 0,
  watch: new MutationObserver(() => dead.stop()),
  start(target) {
    this.stop();
    const seen = page;
    this.watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    this.timer = setTimeout(() => {
      this.stop();
      if (current() === seen) count(target, "B6");
    }, page.figures.B6.after_ms);
  },
  stop() {
    clearTimeout(this.timer);
    this.watch.disconnect();
  },
};

// The control that a press on `target` acts on: a choice is its whole label, a label its own box.
function controlAt(target) {
  const label = target.closest("label");
  return target.closest("label.choice") ?? label?.control ?? target.closest(CONTROLS);
}

function nearest(place, reach) {
  let best = { away: reach, control: null };
  for (const control of document.querySelectorAll(`#main :is(${CONTROLS})`)) {
    const box = control.getBoundingClientRect();
    const across = Math.max(box.left - place.x, place.x - box.right, 0);
    const away = Math.hypot(across, Math.max(box.top - place.y, place.y - box.bottom, 0));
    if (box.width && away <= best.away) best = { away, control: controlAt(control) };
  }
  return best.control;
}

let down = null;
document.addEventListener("pointerdown", (event) => {
  rest.stop();
  dead.stop();
  down = null;
  if (!current() || !event.isTrusted || !event.isPrimary || event.button !== 0) return;
  if (!event.target.closest("#main")) return;
  down = { x: event.clientX, y: event.clientY };
  const control = controlAt(event.target);
  const isDone = control?.matches(`${TEXT}, select, audio`) || control?.querySelector("input[type=radio]:checked");
  if (!isDone && !isReading(event.target, control)) dead.start(event.target);
}, true);

const isReading = (target, control) => !control && target.closest("p, li, h1, h2, h3, dt, dd") !== null;

document.addEventListener("pointerup", (event) => {
  const place = { x: event.clientX, y: event.clientY };
  const { B5, B8 } = current()?.figures ?? {};
  if (!page || !down || !near(down, place, B8.within_px)) return;
  down = null;
  const control = controlAt(event.target);
  if (control) {
    if (control === missed.control) count(control, "B8", missed.times);
    missed = { control: null, times: 0 };
  } else {
    const beside = nearest(place, B8.within_px);
    missed = { control: beside, times: beside && beside === missed.control ? missed.times + 1 : 1 };
  }
  if (busy || control?.matches(TEXT) || isReading(event.target, control)) return;
  const at = clock();
  burst = [...burst.filter((one) => at - one.at <= B5.within_ms && near(one, place, B5.within_px)), { ...place, at }];
  if (burst.length < B5.clicks) return;
  count(event.target, "B5");
  burst = [];
}, true);

// The main part takes the focus of a press on nothing: that is no effect.
for (const name of ["focusin", "focusout"]) {
  document.addEventListener(name, (event) => { if (event.target.matches(CONTROLS)) dead.stop(); }, true);
}
for (const name of ["change", "toggle", "submit", "play", "pause", "pointercancel"]) {
  document.addEventListener(name, () => dead.stop(), true);
}
addEventListener("blur", () => dead.stop());
document.addEventListener("selectionchange", () => { if (!getSelection().isCollapsed) dead.stop(); });

// --- Reading: the pointer at rest on a text, among the answers, the page scrolled back (B11, B12, B13)
const rest = {
  timer: 0,
  start(target) {
    this.stop();
    const seen = page;
    this.timer = setTimeout(() => { if (current() === seen) count(target, "B11"); }, page.figures.B11.rest_ms);
  },
  stop() { clearTimeout(this.timer); },
};
let wander = new WeakMap();

document.addEventListener("pointermove", (event) => {
  rest.stop();
  if (event.pointerType !== "mouse" || !event.isTrusted || !current()) return;
  page.mouse = true;
  const part = event.target.closest("[data-counted]");
  if (!part) return;
  const choice = event.target.closest("label.choice");
  if (choice) wandered(part, choice);
  else if (event.target.closest("label, legend, p")) rest.start(event.target);
}, true);

function wandered(part, choice) {
  const place = [...part.querySelectorAll("label.choice")].indexOf(choice);
  const last = wander.get(part) ?? { place, way: 0 };
  const way = Math.sign(place - last.place);
  if (way && last.way && way !== last.way) count(part, "B12");
  wander.set(part, { place, way: way || last.way });
}

// `down` only after so much of the way down; then as much up again is one return. It is said of where the page comes to rest.
let turn = { y: scrollY, down: false };
let settle = 0;
let back = null;

document.addEventListener("scroll", (event) => {
  dead.stop();
  rest.stop();
  if (event.target !== document || !current()) return;
  const way = (innerHeight * page.figures.B13.screen_percent) / 100;
  const extreme = turn.down ? Math.max(turn.y, scrollY) : Math.min(turn.y, scrollY);
  const turned = Math.abs(scrollY - extreme) >= way;
  if (turned && turn.down) back = page;
  turn = turned ? { y: scrollY, down: !turn.down } : { y: extreme, down: turn.down };
  clearTimeout(settle);
  settle = setTimeout(settled, 300);
}, true);

function settled() {
  const seen = back;
  back = null;
  if (!seen || current() !== seen) return;
  const parts = [...document.querySelectorAll("[data-counted]")];
  count(parts.find((part) => part.getBoundingClientRect().bottom > innerHeight / 4), "B13");
}

// --- The page itself
document.addEventListener("visibilitychange", () => {
  rest.stop();
  dead.stop();
  if (document.hidden) hiddenAt ??= performance.now();
  else if (hiddenAt !== null) {
    hiddenFor += performance.now() - hiddenAt;
    hiddenAt = null;
  }
});

document.addEventListener("submit", (event) => {
  if (!current() || event.target !== page.field.form) return;
  if (event.submitter?.formTarget) return; // a sound opened beside the page: this one stays
  page.field.value = told(page);
  busy = true;
}, true);

for (const name of ["htmx:afterRequest", "htmx:afterSettle"]) {
  document.addEventListener(name, () => { busy = false; current(); });
}
addEventListener("pageshow", (event) => {
  busy = false;
  if (event.persisted && page) page = begin(page.field);
});
current();
