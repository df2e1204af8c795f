/* The end of a session, announced. Without this file the server ends it all the same.

   [data-session]         the banner: data-idle and data-left are seconds without use and whatever is done
   form[data-stay]        in the banner; sending it is a use
   form[data-keep-alive]  while such a form is open, somebody is at work: a use every five minutes */
(function () {
  "use strict";

  const banner = document.querySelector("[data-session]");
  if (!banner) return;
  const MINUTE = 60000;
  const idle = Number(banner.dataset.idle) * 1000;
  const lastMoment = Date.now() + Number(banner.dataset.left) * 1000;
  const stay = banner.querySelector("form[data-stay]");
  /* Other tabs of the same browser share the session, and so each other's use. */
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("baken-session") : null;
  let usedAt = Date.now();
  let keptAt = usedAt;

  function used() {
    usedAt = Date.now();
    show("");
  }

  function usedHere() {
    used();
    if (tabs) tabs.postMessage("used");
  }

  function show(state) {
    if (banner.dataset.state === state) return;
    banner.dataset.state = state;
    banner.hidden = !state;
    for (const part of banner.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
  }

  async function use() {
    const answer = await fetch(stay.action, { method: "POST", body: new FormData(stay) }).catch(() => null);
    if (answer && answer.status === 204) usedHere();
    else if (answer) end();
  }

  /* What stands on an unattended screen goes away; what somebody was typing stays. */
  function end() {
    const isTyping = document.querySelector("form[data-touched], form[data-keep-alive]");
    if (isTyping) show("ended");
    else window.location.reload();
  }

  function look() {
    const now = Date.now();
    if (document.querySelector("form[data-keep-alive]") && now - keptAt >= 5 * MINUTE && now < lastMoment) {
      keptAt = now;
      use();
    }
    if (now >= Math.min(usedAt + idle, lastMoment) + 2000) end();
    else if (now >= lastMoment - 2 * MINUTE) show("last");
    /* The server writes a use down once a minute, so it may end a minute before we think. */
    else if (now >= usedAt + idle - 3 * MINUTE) show("idle");
  }

  stay.addEventListener("submit", (event) => {
    event.preventDefault();
    use();
  });
  if (tabs) {
    tabs.addEventListener("message", used);
    tabs.postMessage("used");
  }
  document.addEventListener("htmx:afterOnLoad", usedHere);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  window.setInterval(look, 5000);
})();
