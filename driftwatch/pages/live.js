// Asks for the page again while somebody looks at it, and puts in what is new. Without it the page is the same, but still.
(() => {
  "use strict";
  const EVERY = 5000;
  let tag = "", busy = false;

  function keep() {
    const open = new Map();
    for (const one of document.querySelectorAll("main details[id]")) open.set(one.id, one.open);
    return { open, focus: document.activeElement ? document.activeElement.id : "" };
  }

  function put(text) {
    const next = new DOMParser().parseFromString(text, "text/html");
    const main = document.getElementById("main"), fresh = next.getElementById("main");
    if (!fresh) throw new Error("no page");
    const kept = keep();
    for (const one of fresh.querySelectorAll("details[id]")) {
      if (kept.open.has(one.id)) one.open = kept.open.get(one.id);
    }
    document.title = next.title;
    document.querySelector("link[rel=icon]").href = next.querySelector("link[rel=icon]").href;
    const verdict = document.getElementById("verdict"), said = next.getElementById("verdict");
    if (verdict.textContent !== said.textContent) {
      verdict.className = said.className;
      verdict.replaceChildren(...said.childNodes);
    }
    main.replaceChildren(...fresh.childNodes);
    const focused = kept.focus && document.getElementById(kept.focus);
    if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
  }

  async function refresh() {
    // Not while somebody selects something, which would be lost.
    if (busy || document.hidden || !getSelection().isCollapsed) return;
    busy = true;
    try {
      // Not the path alone: the page's own address may hold a token, and fetch refuses such a one.
      const answer = await fetch(location.origin + location.pathname, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
      if (answer.status === 200) {
        put(await answer.text());
        tag = answer.headers.get("ETag") || "";
      } else if (answer.status !== 304) {
        throw new Error(String(answer.status));
      }
      document.getElementById("lost").hidden = true;
    } catch {
      document.getElementById("lost").hidden = false;
    } finally {
      busy = false;
    }
  }

  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", refresh);
})();
