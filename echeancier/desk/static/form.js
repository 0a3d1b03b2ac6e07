// The form that saves itself: what is typed is sent to its draft a moment after each change. Without this script every button does.
"use strict";
(() => {
  const form = document.querySelector("form.paper[data-keep]");
  if (!form) return;
  const status = document.getElementById("kept");
  const agenda = document.getElementById("agenda-so-far");
  const PAUSE = 600, AGAIN = 3000, STALE = 409;
  let waiting = 0, sending = false, changed = 0, sent = 0, leaving = false, pressed = null;

  const say = (words, wrong) => { status.textContent = words; status.className = wrong ? "wrong" : ""; };
  const fields = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));

  const later = (pause) => { clearTimeout(waiting); waiting = setTimeout(keep, pause); };

  // After another sign-in the forms of the former visit are stale: the page takes the token of the new one, and keeps its words.
  async function renew() {
    const page = await (await fetch(location.href, { redirect: "error" })).text();
    const token = new DOMParser().parseFromString(page, "text/html").querySelector("form.paper [name=token]");
    if (token) form.elements.token.value = token.value;
  }

  async function keep() {
    if (sending || leaving || changed === sent) return;
    sending = true;
    const now = changed;
    say(form.dataset.keeping);
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: fields(), redirect: "error" });
      if (answer.status === STALE) await renew();
      if (!answer.ok) throw new Error(String(answer.status));
      const kept = await answer.json();
      if (leaving) return;
      form.elements.draft.value = kept.draft;
      form.elements.mark.value = kept.mark;
      agenda.innerHTML = kept.agenda;
      sent = now;
      const here = `${location.pathname}?brouillon=${kept.draft}&etape=${form.elements.step.value}`;
      history.replaceState(null, "", here);
      say(kept.apart ? `${form.dataset.apart} ${kept.saved}` : kept.saved, kept.apart);
    } catch {
      say(form.dataset.lost, true);
      later(AGAIN);
    } finally {
      sending = false;
      if (pressed) { form.requestSubmit(pressed); return; }
      if (changed !== sent && !status.classList.contains("wrong")) later(PAUSE);
    }
  }

  const touched = (event) => {
    if (event.target.name && !event.target.name.startsWith("what.")) { changed += 1; later(PAUSE); }
  };
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  // A way of saying when it comes back has fields of its own: the page is asked for again with them.
  form.addEventListener("change", (event) => {
    if (!event.target.matches("select[data-ways]")) return;
    const button = document.createElement("button");
    button.name = "do";
    button.value = `way:${event.target.dataset.ways}`;
    button.hidden = true;
    form.append(button);
    form.requestSubmit(button);
  });
  // A button pressed while the draft is on its way waits for it: the page must know what the draft holds now.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (sending) { event.preventDefault(); pressed = event.submitter; return; }
    leaving = true;
  });
  addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
  addEventListener("pagehide", () => {
    if (!leaving && changed !== sent) navigator.sendBeacon(form.dataset.keep, fields());
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("beforeunload", (event) => {
    if (!leaving && changed !== sent && status.classList.contains("wrong")) event.preventDefault();
  });
})();
