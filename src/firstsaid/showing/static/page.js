"use strict";
/* Everything here is a convenience: without it all pages can be read and every decision can be made. */
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const screens = [...document.querySelectorAll(".screens > .screen")];
  const isReport = screens.length > 0;
  const byId = (id) => document.getElementById(id);

  /* Margin notes beside the line they belong to, never one on another. */
  const place = () => {
    for (const text of document.querySelectorAll(".text")) {
      if (!text.offsetParent && !text.getClientRects().length) continue;
      const isWide = matchMedia("(min-width: 66rem)").matches && !matchMedia("print").matches;
      let free = 0;
      const top = text.getBoundingClientRect().top;
      for (const notes of text.querySelectorAll(".notes")) {
        notes.classList.toggle("placed", isWide);
        notes.style.top = "";
        if (!isWide) continue;
        const row = notes.parentElement;
        const rowTop = row.getBoundingClientRect().top - top;
        const reference = row.querySelector(".ref");
        const line = reference ? Math.max(0, reference.getBoundingClientRect().top - top - rowTop - 4) : 0;
        const at = Math.max(rowTop + line, free);
        notes.style.top = `${at - rowTop}px`;
        free = at + notes.offsetHeight + 6;
      }
      text.style.minHeight = isWide ? `${free}px` : "";
    }
  };

  /* One screen of the report at a time; the address says which. */
  const show = () => {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { id = ""; }
    let target = (id && byId(id)) || null;
    if (!target && /^d-[0-9a-f]+-\d+$/.test(id)) {
      /* A place with no mark of its own: the last mark before it. */
      const [, key, at] = id.split("-");
      const marks = [...document.querySelectorAll(`[id^="d-${key}-"]`)];
      target = marks.filter((mark) => Number(mark.id.split("-")[2]) <= Number(at)).pop() || byId(`d-${key}`);
    }
    if (isReport) {
      const screen = (target && target.closest(".screen")) || byId("overview");
      for (const one of screens) one.classList.toggle("shown", one === screen);
      const list = screen.dataset.of || screen.id;
      for (const link of document.querySelectorAll(".top nav a")) {
        if (link.getAttribute("href") === `#${list}`) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
      place();
      if (!target || target === screen) { scrollTo(0, 0); return; }
    }
    if (target) {
      for (const one of document.querySelectorAll(".here")) one.classList.remove("here");
      if (target.matches(".m, .note")) target.classList.add("here");
      target.scrollIntoView({ block: target.matches(".m, .note") ? "center" : "start" });
      if (target.tabIndex >= -1 && target.matches(".finding")) target.focus({ preventScroll: true });
    }
  };
  addEventListener("hashchange", show);
  /* The browser goes to the anchor by itself once everything is there; have the last word. */
  addEventListener("load", show);
  addEventListener("resize", place);
  addEventListener("beforeprint", place);
  place();
  show();
  if (document.fonts && document.fonts.ready) document.fonts.ready.then(place);
  document.addEventListener("change", (event) => { if (event.target.dataset.layer) place(); });

  /* Lists grow shorter while one types. */
  for (const field of document.querySelectorAll("[data-filter]")) {
    const area = field.closest(".screen, main");
    const said = area.querySelector("[data-filter-count]");
    field.addEventListener("input", () => {
      const wanted = field.value.toLocaleLowerCase();
      let n = 0;
      for (const row of area.querySelectorAll("[data-filter-row]")) {
        row.hidden = wanted !== "" && !row.textContent.toLocaleLowerCase().includes(wanted);
        n += row.hidden ? 0 : 1;
      }
      said.textContent = wanted ? `${n} shown` : "";
    });
  }

  /* j k: findings or notes; n p: documents; / search; ? help. */
  const visible = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length);
  const step = (by) => {
    const stops = visible(".finding[id], .text .note");
    if (!stops.length) return;
    const at = stops.indexOf(document.activeElement.closest(".finding[id], .text .note"));
    const next = stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : Math.min(stops.length - 1, Math.max(0, at + by))];
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  };
  const turn = (by) => {
    const relation = by > 0 ? "next" : "prev";
    const link = visible(`.neighbours a[rel="${relation}"]`)[0] || visible(`.paging a[rel="${relation}"]`)[0];
    if (link) link.click();
    else if (isReport) {
      const first = visible(".documents th a")[0];
      if (first) first.click();
    }
  };
  const keys = {
    j: () => step(1), k: () => step(-1), n: () => turn(1), p: () => turn(-1),
    "/": () => { const field = visible('.asking [name="q"], [data-filter]')[0]; if (field) field.focus(); },
    "?": () => { if (isReport) location.hash = "about"; else location.href = "/about"; },
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();
