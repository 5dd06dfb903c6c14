// The public page beside a form, as the form would make it: refreshed when typing stops.
//
// It is what 「公開ページで確認」 shows: the whole form is sent to the same view, which stores nothing. The answer
// is shown in an iframe in which no script runs. Its links, buttons and forms are taken out of use, so that it
// leads nowhere.

const PAUSE = 1000; // milliseconds after the last input
const LONGEST_WAIT = 20_000; // milliseconds for an answer
const PREVIEW = ".pinned-clock"; // the bar that stands on every preview, and on nothing else that is answered
const CLOSED = "previewPaneIsClosed"; // in localStorage

const wide = matchMedia("(min-width: 1200px)"); // as in admin_preview_pane.css
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const form = document.querySelector("#content-main form");
const pane = document.getElementById("preview-pane");
const select = pane.querySelector("select");
const status = pane.querySelector("[role=status]");
const view = pane.querySelector("iframe");
const closeButton = pane.querySelector(".preview-pane-close");
const openButton = pane.querySelector(".preview-pane-open");

let sent = ""; // the form as it was sent last
let pageShown = null; // the choice of the page that is shown
let timer = 0;
let isBusy = false;
let isOutdated = false; // while it is busy

// What is sent

const filled = () => {
  const data = new FormData(form);
  data.set("_preview", "1");
  data.set("_page", select.value);
  return data;
};
const inWords = (data) => JSON.stringify([...data].map(([name, value]) => [name, value.name ?? value]));
const isShown = () => wide.matches && !pane.classList.contains("is-closed");
const hasFile = () =>
  [...form.querySelectorAll("[type=file]")].some((input) => input.files.length);

function inputEnded(event) {
  // A word that is still being composed would be shown in letters that nobody means.
  if (event.isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(refreshIfChanged, PAUSE);
}

function refreshIfChanged() {
  if (!isShown() || inWords(filled()) === sent) return;
  if (hasFile()) say("file"); // of up to 20 MB, which goes along only when the button is pressed
  else refresh();
}

// One at a time, on the server too, which would go on with a request that was aborted.
async function refresh() {
  isOutdated = isBusy;
  if (isBusy) return;
  isBusy = true;
  await ask(filled())
    .then(show)
    .catch(() => say("failed"));
  isBusy = false;
  if (isOutdated) refresh();
}

async function ask(data) {
  sent = inWords(data);
  const signal = AbortSignal.timeout(LONGEST_WAIT);
  const response = await fetch(location.href, { method: "POST", body: data, signal });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return { response, page, choice: data.get("_page") };
}

// What is shown

function say(name) {
  status.textContent = status.dataset[name] ?? "";
}

async function show({ response, page, choice }) {
  if (response.status === 403) return say("expired");
  if (!page.querySelector(PREVIEW)) {
    if (!response.ok || response.redirected) return say("failed");
    return say(pageShown === null ? "waiting" : "invalid");
  }
  say("");
  takeOutOfUse(page);
  const before = view.contentDocument.body;
  if (pageShown === null) await load(page);
  // Not the whole document: its style sheet and its scroll position stay.
  else before.replaceWith(view.contentDocument.importNode(page.body, true));
  if (choice === pageShown) markChange(before, view.contentDocument.body);
  else bringIntoView(placeOfObject());
  pageShown = choice;
}

function takeOutOfUse(page) {
  for (const script of page.querySelectorAll("script")) script.remove();
  for (const link of page.querySelectorAll("a[href]")) link.removeAttribute("href");
  for (const each of page.querySelectorAll("form, button")) each.inert = true;
  page.querySelector("main").tabIndex = 0; // so that the arrow keys scroll the page
  const style = page.createElement("link");
  style.rel = "stylesheet";
  style.href = view.dataset.style;
  page.head.prepend(style);
}

function load(page) {
  const loaded = new Promise((resolve) => {
    view.addEventListener("load", resolve, { once: true });
  });
  view.srcdoc = `<!DOCTYPE html>${page.documentElement.outerHTML}`;
  return loaded;
}

function markChange(before, after) {
  const place = changed(before, after);
  if (!place) return;
  place.dataset.changed = "";
  bringIntoView(place);
}

// The innermost element whose text differs; null where none does.
function changed(before, after) {
  if (before.textContent === after.textContent) return null;
  for (const [index, child] of [...after.children].entries()) {
    const old = before.children[index];
    if (child.matches(PREVIEW) || child.textContent === old?.textContent) continue;
    return old ? changed(old, child) : child;
  }
  return after.querySelector(PREVIEW) ? null : after; // its bar tells the time
}

// The innermost element with the first text of the form that stands on the page: a heading rather than a passage.
function placeOfObject() {
  const { body } = view.contentDocument;
  const squeezed = (text) => text.replace(/\s/g, "");
  for (const kind of ["input.vTextField", "textarea"]) {
    for (const input of form.querySelectorAll(kind)) {
      const text = squeezed(input.value);
      const has = (element) => text && squeezed(element.textContent).includes(text);
      let place = null;
      for (let inner = body; inner; inner = [...inner.children].find(has)) place = inner;
      if (place !== body) return place;
    }
  }
  return body.querySelector("main");
}

// Not scrollIntoView, which would scroll the form too.
function bringIntoView(place) {
  place.closest("details")?.setAttribute("open", "");
  const seen = Math.min(view.clientHeight, innerHeight - view.getBoundingClientRect().top);
  const { top, bottom } = place.getBoundingClientRect();
  if (top >= 0 && bottom <= seen) return;
  const behavior = calm.matches ? "instant" : "smooth";
  view.contentWindow.scrollBy({ top: top - seen / 3, behavior });
}

// The pane itself

function setClosed(isClosed) {
  localStorage.setItem(CLOSED, isClosed);
  pane.classList.toggle("is-closed", isClosed);
  refreshIfChanged();
}

for (const kind of ["input", "change", "click", "compositionend"]) {
  document.addEventListener(kind, inputEnded); // a click may fill in a day, or add a row
}
form.addEventListener("submit", () => clearTimeout(timer));
pane.querySelector("[data-refresh]").addEventListener("click", refresh);
select.addEventListener("change", refresh);
wide.addEventListener("change", refreshIfChanged);
closeButton.addEventListener("click", () => {
  setClosed(true);
  openButton.focus(); // which stands in the place of the one that was pressed
});
openButton.addEventListener("click", () => {
  setClosed(false);
  closeButton.focus();
});
pane.hidden = false;
setClosed(localStorage.getItem(CLOSED) === "true");
