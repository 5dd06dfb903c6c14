"""The script that finds what is wider than its place."""

# Whatever sticks out of the page, or has to be scrolled sideways within its own box.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const found = document.documentElement.scrollWidth > width ? ["the page"] : [];
  for (const element of document.body.querySelectorAll("*:not(svg *, .skip-link, .desk-name)")) {
    const scrolls = element.clientWidth && element.scrollWidth > element.clientWidth + 1;
    const out = element.getBoundingClientRect().right > width + 1;
    if (scrolls && getComputedStyle(element).overflowX !== "visible" || out)
      found.push(element.outerHTML.slice(0, 120));
  }
  return found;
}"""

OUTSIDE_OF_SCROLLERS = STICKING_OUT.replace("*:not(", "*:not(.scroller, .scroller *, ")
