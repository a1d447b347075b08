// The microphone of a step answered in words: one tap starts it, one tap stops it. The sound goes with the step's own
// form to the page that reads typed words; without it the box and the keyboard do the same. Nothing is stored.
const LIMIT = 59_000; // ms; the server reads 60 s of speech in one answer, and a timer may be late
const LONG = 30_000; // ms; then the person is told that there is time
const TREMBLING = 700; // ms; a second tap within is the same tap
const VOICE = -45; // dB below full scale; a quiet voice at arm's length
const SILENT = 3_000; // ms without a voice before it is told
const KINDS = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/ogg;codecs=opus"];
const SOUND = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 }; // docs/adr/the-browser-does-not-clean-the-sound.md
const DEVICE = { langs: ["fr-FR"], processLocally: true };
const REFUSALS = { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "missing", OverconstrainedError: "missing" };

let place = null; // the microphone that the page shows
let ear = null; // what listens now
let kept = null; // the last sound, until the page has answered it
let touched = -Infinity; // when the button was last obeyed
let sending = false;

const part = (name) => place.querySelector(`[data-microphone-${name}]`);
const words = (name) => part("words").content.querySelector(`[data-words="${name}"]`).textContent;
const form = () => place.closest("form");
const answer = () => form().querySelector("[data-voice-answer]");
const hasSound = () => part("sound").files.length > 0;
const isSpeaking = () => document.getElementById("announcer")?.getAttribute("aria-live") === "off";

// Said by a screen reader only where nothing else is heard: neither the voice, nor the microphone, which would record it.
function show(state, told = state) {
  const listening = state === "listening";
  const line = part("state");
  line.parentElement.setAttribute("aria-live", listening || isSpeaking() ? "off" : "polite");
  place.dataset.state = state;
  line.textContent = words(told);
  const word = { listening: "stop", asking: "stop", searching: "wait" }[state] || "start";
  part("word").textContent = words(word);
  part("level").hidden = !listening;
}

function put(file) {
  const carried = new DataTransfer();
  if (file) carried.items.add(file);
  part("sound").files = carried.files;
  kept = file;
}

// What tones and level are made with; the recording does without.
function soundContext() {
  try {
    return new AudioContext();
  } catch {
    return null;
  }
}

function beep(context, pitch) {
  if (!context) return;
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  const now = context.currentTime;
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, now);
  volume.gain.exponentialRampToValueAtTime(0.08, now + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, now + 0.14);
  tone.connect(volume).connect(context.destination);
  tone.start(now);
  tone.stop(now + 0.15);
}

// Shows how loud the sound is, and says in words whether a voice comes.
function watchLevel(context, stream) {
  const analyser = context.createAnalyser();
  const samples = new Float32Array(analyser.fftSize);
  let heard = performance.now();
  context.createMediaStreamSource(stream).connect(analyser);
  return setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const level = 10 * Math.log10(power + 1e-12);
    if (level > VOICE) heard = performance.now();
    part("meter").value = Math.min(1, Math.max(0, (level + 60) / 50));
    const told = words(performance.now() - heard > SILENT ? "quiet" : "heard");
    if (part("heard").textContent !== told) part("heard").textContent = told;
  }, 100);
}

// What records for the server. `ended` is called once with what was said: a file, or null where it was dropped.
class Recorder {
  constructor(ended) {
    this.ended = ended;
    this.pieces = [];
    this.timers = [];
  }

  async start() {
    this.context = soundContext();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: SOUND });
    this.stream = stream;
    if (this.over) return this.close();
    const kind = KINDS.find((candidate) => MediaRecorder.isTypeSupported(candidate));
    this.recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 32_000 });
    this.recorder.ondataavailable = ({ data }) => data.size && this.pieces.push(data);
    this.recorder.onstop = () => this.finish();
    this.recorder.onerror = () => this.stop("cut");
    stream.getAudioTracks()[0].onended = () => this.stop("cut");
    beep(this.context, 880);
    await new Promise((resume) => { setTimeout(resume, 160); }); // the tone is not recorded
    if (this.over) return this.close();
    this.recorder.start(1_000);
    this.recording = true;
    this.timers.push(setTimeout(() => this.encourage(), LONG), setTimeout(() => this.stop("full"), LIMIT));
    show("listening");
    part("level").hidden = !this.context;
    if (this.context) this.timers.push(watchLevel(this.context, stream));
  }

  encourage() {
    part("state").textContent = words("go_on");
    beep(this.context, 660);
  }

  // `why`: « given », « cut », « full » keep what was said; « dropped » does not.
  stop(why) {
    if (this.over) return;
    this.over = why;
    if (!this.recording) this.finish();
    else if (this.recorder.state !== "inactive") this.recorder.stop(); // else its last piece is on its way, then « stop »
  }

  finish() {
    this.over ||= "cut";
    this.close();
    const kind = this.recorder?.mimeType.split(";")[0] || "";
    const said = this.over !== "dropped" && this.pieces.length > 0;
    this.ended(this.over, said ? new File(this.pieces, "son", { type: kind }) : null);
    this.pieces = [];
  }

  close() {
    this.timers.forEach(clearTimeout);
    this.stream?.getTracks().forEach((track) => { track.onended = null; track.stop(); });
    if (this.context && this.context.state !== "closed") this.context.close();
  }
}

// What listens on the device itself, where the browser has that and the language is there. Never a remote service.
const DeviceRecognition = window.SpeechRecognition || window.webkitSpeechRecognition;

class DeviceEar {
  constructor(ended) {
    this.ended = ended;
    this.texts = [];
  }

  async start() {
    this.recognition = Object.assign(new DeviceRecognition(), {
      lang: "fr-FR", processLocally: true, continuous: true, interimResults: false,
    });
    this.recognition.onresult = ({ results }) => { this.texts = [...results].map((result) => result[0].transcript.trim()); };
    this.recognition.onerror = ({ error }) => { this.failure = { "not-allowed": "refused", "audio-capture": "missing", "no-speech": "nothing" }[error] || "unavailable"; };
    this.recognition.onend = () => this.finish();
    this.recognition.onaudiostart = () => { show("listening"); part("level").hidden = true; };
    this.timers = [
      setTimeout(() => { part("state").textContent = words("go_on"); }, LONG),
      setTimeout(() => this.stop("full"), LIMIT),
    ];
    this.recognition.start();
  }

  close() {
    this.timers?.forEach(clearTimeout);
  }

  stop(why) {
    if (this.over) return;
    this.over = why;
    if (why === "dropped") this.recognition.abort();
    else this.recognition.stop();
  }

  finish() {
    this.close();
    const said = this.over === "dropped" ? "" : this.texts.join(" ").trim();
    this.ended(this.over || "cut", said, said ? null : this.failure);
  }
}

async function hasDeviceEar() {
  if (!DeviceRecognition?.available || !("processLocally" in DeviceRecognition.prototype)) return false;
  return (await DeviceRecognition.available(DEVICE).catch(() => "")) === "available";
}

async function begin() {
  document.dispatchEvent(new Event("accessform:hush"));
  put(null);
  show("asking");
  const starting = new (place.hasAttribute("data-server") ? Recorder : DeviceEar)(ended);
  ear = starting;
  try {
    await starting.start();
  } catch (refusal) {
    starting.over = "dropped";
    starting.close?.();
    if (ear !== starting) return; // given up meanwhile
    ear = null;
    show(REFUSALS[refusal.name] || "unavailable");
  }
}

// What was said is given, kept for another tap, or gone, as the microphone stopped.
function ended(why, said, failure) {
  ear = null;
  if (!place) return undefined; // the page has gone on without a microphone
  if (why === "dropped") return show("ready", "dropped");
  if (typeof said === "string") return endedOnDevice(said, failure);
  put(said);
  if (!said) return show("nothing");
  if (why !== "given") return show("kept", why);
  return give(answer());
}

function endedOnDevice(said, failure = "nothing") {
  if (!said) return show(failure);
  form().querySelector("[data-voice-text]").value = said;
  return show("understood");
}

function give(button) {
  show("searching");
  form().requestSubmit(button);
}

function tapped() {
  if (performance.now() - touched < TREMBLING || sending || place.dataset.state === "searching") return;
  touched = performance.now();
  if (ear) ear.stop(place.dataset.state === "asking" ? "dropped" : "given");
  else begin();
}

async function settle() {
  sending = false;
  ear?.stop("dropped");
  place = document.querySelector("[data-microphone]");
  if (!place) return;
  const canRecord = place.hasAttribute("data-server") && navigator.mediaDevices && window.MediaRecorder;
  const last = place.hasAttribute("data-again") ? kept : null;
  put(last);
  if (last) show("kept", "again");
  const shown = place;
  if (canRecord || (!place.hasAttribute("data-server") && (await hasDeviceEar()))) shown.hidden = false;
}

document.addEventListener("click", (event) => {
  if (place && event.target.closest("[data-microphone-button]")) tapped();
  else if (event.target.closest("[data-listen]")) ear?.stop("cut"); // two voices at once would be recorded as one
}, true);
document.addEventListener("keydown", (event) => event.key === "Escape" && ear?.stop("dropped"));
document.addEventListener("visibilitychange", () => document.hidden && ear?.stop("cut"));
document.addEventListener("input", (event) => {
  if (!place || ear || event.target.form !== form() || !hasSound()) return;
  put(null); // what is typed now is the answer
  show("ready");
});
// Another button while the microphone is on: what was said goes with it.
document.addEventListener("submit", (event) => {
  if (!place || event.target !== form()) return;
  if (ear) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const [button, left] = [event.submitter, ear.ended];
    ear.ended = (why, said, failure) => { left("cut", said, failure); give(button); };
    ear.stop("cut");
    return;
  }
  if (event.submitter?.formTarget) return; // a sound opened beside the page
  sending = true;
  if (hasSound()) show("searching");
}, true);
document.addEventListener("htmx:sendError", () => {
  sending = false;
  if (place && hasSound()) show("kept", "offline");
});
document.addEventListener("htmx:afterSettle", settle);
addEventListener("beforeunload", (event) => {
  if (!sending && (ear || (place && hasSound()))) event.preventDefault();
});
addEventListener("pagehide", () => ear?.stop("dropped"));
addEventListener("pageshow", ({ persisted }) => { // the page as it was left, « Un instant » included
  if (!persisted) return;
  settle();
  if (place) show("ready");
});
settle();
