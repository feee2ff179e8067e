// A row of links that is wider than the window shows the one that stands for the
// page.
for (const a of document.querySelectorAll(".tabs [aria-current], .filter-end [aria-current]")) {
  const row = a.closest(".tabs, .filter-end");
  if (row.scrollWidth > row.clientWidth) row.scrollLeft += a.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - a.offsetWidth) / 2;
}
