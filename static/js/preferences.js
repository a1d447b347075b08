// The panel shows each choice on the page at once, before it is saved. Without this module, saving shows it.
const root = document.documentElement;
const form = document.getElementById("panel-form");
const attribute = {
  text_size: "textSize", spacing: "spacing", typeface: "typeface", contrast: "contrast",
  color_scheme: "colorScheme", reading_level: "readingLevel", modality: "modality",
};

function show(control) {
  if (control.name in attribute) root.dataset[attribute[control.name]] = control.value;
  if (control.name === "larger_targets") root.toggleAttribute("data-larger-targets", control.checked);
  if (control.name === "reading_level") {
    for (const text of document.querySelectorAll("#sample [data-level]")) text.hidden = text.dataset.level !== control.value;
  }
}

form?.addEventListener("change", (event) => show(event.target));
