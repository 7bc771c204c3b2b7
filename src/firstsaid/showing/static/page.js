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
        const words = `${row.dataset.words || ""} ${row.textContent}`.toLocaleLowerCase();
        row.hidden = wanted !== "" && !words.includes(wanted);
        n += row.hidden ? 0 : 1;
      }
      said.textContent = wanted ? `${n} shown` : "";
    });
  }

  /* j k: findings or notes, or from one finding to the next; n p: documents; f: notes of findings; e: evidence; c d o: decisions. */
  const visible = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length);
  const STOPS = ".finding[id], .text .note";
  const go = (stop) => {
    stop.tabIndex = -1;
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: "center" });
  };
  const follow = (relation, where) => {
    const link = visible(`${where} a[rel="${relation}"]`)[0];
    if (link) link.click();
    return Boolean(link);
  };
  const step = (by, selector = STOPS) => {
    if (visible(".one .finding").length && follow(by > 0 ? "next" : "prev", ".paging")) return;
    const stops = visible(selector);
    if (!stops.length) return;
    const at = stops.indexOf(document.activeElement.closest(selector));
    go(stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : Math.min(stops.length - 1, Math.max(0, at + by))]);
  };
  const turn = (by) => {
    const relation = by > 0 ? "next" : "prev";
    if (follow(relation, ".neighbours") || follow(relation, ".paging") || !isReport) return;
    const first = visible(".documents th a")[0];
    if (first) first.click();
  };
  const atHand = () => document.activeElement.closest(STOPS) || visible(".one .finding, .finding.here")[0];
  const evidence = () => {
    const stop = atHand();
    const link = stop && stop.querySelector(stop.matches(".note") ? "a[href]:not(.back-ref)" : ".evidence a[href]");
    if (link) link.click();
  };
  const decide = (verdict) => {
    const form = (atHand() || document.createElement("p")).querySelector("form.decide");
    if (!form) return;
    const why = form.querySelector('[name="why"]');
    /* A dismissal needs a reason: ask for it, and let Enter send it. */
    if (verdict === "dismissed" && !why.value.trim()) { form.dataset.verdict = verdict; why.focus(); return; }
    form.requestSubmit(form.querySelector(`[value="${verdict}"]`));
  };
  /* Enter in a reason sends what the key began; with a list of reasons open the browser would keep the first Enter to itself. */
  document.addEventListener("keydown", (event) => {
    const form = event.key === "Enter" && event.target.matches('.decide [name="why"]') && event.target.closest("form");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(`[value="${form.dataset.verdict || "noted"}"]`));
  });
  const keys = {
    j: () => step(1), k: () => step(-1), n: () => turn(1), p: () => turn(-1), f: () => step(1, ".text .note.finding"), e: evidence,
    c: () => decide("confirmed"), d: () => decide("dismissed"), o: () => decide("noted"),
    "/": () => { const field = visible('.asking [name="q"], [data-filter]')[0]; if (field) field.focus(); },
    "?": () => { if (isReport) location.hash = "about"; else location.href = document.body.dataset.help; },
  };
  keys.J = keys.j;
  keys.K = keys.k;
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  /* A citation to the clipboard: a button only where there is one to copy with. */
  if (navigator.clipboard) {
    for (const words of document.querySelectorAll("[data-copy]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(words.textContent);
        button.textContent = "Copied";
      });
      words.after(button);
    }
  }

  /* A draft dropped anywhere on its page is checked at once. */
  const dropping = document.querySelector("[data-drop]");
  if (dropping) {
    dropping.addEventListener("submit", () => {
      const button = dropping.querySelector("button");
      button.textContent = "Checking …";
      button.disabled = true;
    });
    const over = (is) => (event) => { event.preventDefault(); dropping.classList.toggle("over", is); };
    addEventListener("dragover", over(true));
    addEventListener("dragleave", over(false));
    addEventListener("drop", (event) => {
      over(false)(event);
      if (!event.dataTransfer.files.length) return;
      dropping.querySelector('[type="file"]').files = event.dataTransfer.files;
      dropping.requestSubmit();
    });
  }
})();
