// The step page with htmx: the look follows the person's choices, focus is never lost, a failure is said or shown whole.
const root = document.documentElement;
const announcer = document.getElementById("announcer");

document.body.addEventListener("presentation", (event) => {
  for (const [name, value] of Object.entries(event.detail)) {
    if (!name.startsWith("data-")) continue;
    if (value === null) root.removeAttribute(name);
    else root.setAttribute(name, value);
  }
});

// The button that was pressed may be gone: the place where it stood takes the focus, or the main part, so that the
// keyboard goes on from there.
let place = "main";
document.body.addEventListener("htmx:beforeRequest", () => {
  place = document.activeElement.closest("#help-place") ? "help-place" : "main";
});
document.body.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement !== document.body) {
    const focused = document.activeElement; // what is taller than the screen shows its beginning
    if (focused.matches("[autofocus]") && focused.getBoundingClientRect().top < 0) focused.scrollIntoView();
    return;
  }
  (document.getElementById(place) || document.getElementById("main")).focus({ preventScroll: true });
});

// The microphone's script comes with the first page that has a place for it.
function bringMicrophone() {
  const found = document.querySelector("[data-microphone]");
  if (found) import(found.dataset.microphone);
}
document.body.addEventListener("htmx:afterSettle", bringMicrophone);
bringMicrophone();

// No connection: nothing was sent or everything was; the page's key makes a second try safe. It is said at the top, for
// whoever listens, and shown beside the step's buttons, where the person who pressed one looks.
document.body.addEventListener("htmx:sendError", (event) => {
  const form = event.detail.elt;
  const said = document.createElement("p");
  said.className = "said";
  said.textContent = form.dataset.offline || "";
  announcer.replaceChildren(said);
  const shown = said.cloneNode(true);
  shown.setAttribute("aria-hidden", "true");
  form.querySelector(".actions + .said")?.remove();
  form.querySelector(":scope > .actions")?.after(shown);
});

// An answer that is no page of this step (expired session, refused size, fault): send again without htmx and show it whole.
document.body.addEventListener("htmx:responseError", (event) => {
  const form = event.detail.elt.closest("form");
  if (!form) return;
  const action = event.detail.requestConfig.parameters.action;
  if (action) {
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = "action";
    hidden.value = action;
    form.append(hidden);
  }
  HTMLFormElement.prototype.submit.call(form);
});
