/* What pages cannot do without a script: the reader's zone, and where the focus goes. */
"use strict";

(function () {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.split("; ").includes("zone=" + zone)) {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = "zone=" + zone + "; Path=/; Max-Age=31536000; SameSite=Lax" + secure;
  }

  /* A screen reader loses its place when what had the focus is replaced. */
  document.addEventListener("htmx:after:swap", function () {
    if (document.activeElement && document.activeElement !== document.body) return;
    const told = document.getElementById("alert") || document.getElementById("notice");
    (told || document.getElementById("main")).focus({ preventScroll: !told });
  });

  /* The bell moves by itself, and lists that are open are asked for again. */
  const bell = document.getElementById("unseen");
  if (bell && window.EventSource) {
    const live = new EventSource("/live/bell");
    live.addEventListener("bell", function (event) {
      const unseen = JSON.parse(event.data).unseen;
      if (bell.dataset.unseen === String(unseen)) return;
      const isFirst = bell.dataset.unseen === undefined;
      bell.dataset.unseen = unseen;
      bell.firstChild.textContent = unseen || "";
      bell.hidden = !unseen;
      if (!isFirst) document.body.dispatchEvent(new CustomEvent("bell"));
    });
    window.addEventListener("pagehide", function () { live.close(); });
  }

  const told = document.getElementById("alert");
  if (told) told.focus();
})();
