// Keeps what is typed as a draft on the server when typing pauses, and has the browser ask before a form is left
// with input that is not saved. What is typed before this script runs counts: it compares with the page as it came.

const PAUSE = 1500; // milliseconds after the last input

const form = document.querySelector("#content-main form[id$=_form]");
const colleagues = document.getElementById("colleagues");

let kept = ""; // what was sent last
let timer = 0;
let isSent = false;

const isChangedChoice = (select) =>
  [...select.options].some(
    (option, number) => option.selected !== (option.defaultSelected || (!select.multiple && !number && !select.querySelector("[selected]"))),
  );
const isChanged = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return isChangedChoice(field);
  return field.defaultValue !== undefined && field.value !== field.defaultValue; // a button has none
};
const hasUnsavedInput = () => "unsaved" in colleagues.dataset || [...form.elements].some(isChanged);

function filled() {
  const data = new FormData(form);
  for (const input of form.querySelectorAll("[type=file]")) data.delete(input.name);
  data.set("_path", colleagues.dataset.path);
  return data;
}

async function keep() {
  const data = filled();
  const now = JSON.stringify([...data]);
  if (isSent || now === kept || !hasUnsavedInput()) return;
  try {
    const answer = await fetch(colleagues.dataset.keep, { method: "POST", body: data });
    const isKept = answer.ok && !answer.redirected;
    if (isKept) kept = now;
    colleagues.textContent = isKept ? (await answer.json()).says : colleagues.dataset.failed;
    colleagues.hidden = !colleagues.textContent;
  } catch {
    // No connection: what is typed stays in the form, and the next pause tries again.
  }
}

for (const happened of ["input", "change"]) {
  form.addEventListener(happened, () => {
    isSent = false; // where sending was stopped
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
}
form.addEventListener("submit", (event) => {
  isSent = event.submitter?.formTarget !== "_blank";
});
addEventListener("beforeunload", (event) => {
  if (!isSent && hasUnsavedInput()) event.preventDefault();
});
