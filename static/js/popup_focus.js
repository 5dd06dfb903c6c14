// Moves the focus into the calendar or clock of Django's admin that opens, and back to its link when it closes.
//
// Django's script leaves the focus on the link, and writes the box at the end of the page, behind the whole form.

const LINK = "[id^=calendarlink], [id^=clocklink]";
const CHOICES = ["td.selected a", "td.today a", "td a", "a"]; // to begin with, the best one first

function enter(link) {
  const box = document.getElementById(link.id.replace("link", "box"));
  box.role = "dialog";
  box.ariaLabel = link.querySelector("[title]").title;
  const choice = CHOICES.map((each) => box.querySelector(each)).find(Boolean);
  choice.focus();
  const closing = new MutationObserver(() => {
    if (box.style.display !== "none") return;
    closing.disconnect();
    // What was chosen has brought the focus to its field already.
    if (box.contains(document.activeElement) || document.activeElement === document.body) link.focus();
  });
  closing.observe(box, { attributeFilter: ["style"] });
}

// Before Django's own listener, which stops the event, and which has opened the box when the timer fires.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest(LINK);
    if (link) setTimeout(enter, 0, link);
  },
  true,
);
