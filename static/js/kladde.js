/* A draft that saves itself: soon after the last key, at the latest five seconds after the first, and when the page is
   left. Without this file the form has a button. htmx sends; this decides when, and says what became of it. */
(() => {
  'use strict';
  const SOON = 1000, LATEST = 5000, AGAIN = 15000, PATIENCE = 20000;
  const form = document.querySelector('form[data-kladde]');
  if (!form) return;
  const line = document.getElementById('gemt');
  const heard = document.getElementById('gemt-hoert');
  const words = (id) => document.getElementById(id).content.cloneNode(true);
  let typed = 0, sent = 0, kept = 0, busy = false, out = false, going = false, saved = '', waiting = null;
  let soon, latest, again;
  const unsaved = () => typed !== kept;

  form.querySelectorAll('[data-uden-js]').forEach((button) => { button.hidden = true; });
  form.querySelectorAll('[data-med-js]').forEach((link) => { link.hidden = false; });
  const hear = (text) => { if (heard.textContent !== text) heard.textContent = text; };

  const save = () => {
    [soon, latest, again].forEach(clearTimeout);
    soon = latest = again = undefined;
    if (!out) htmx.trigger(form, 'gem');
  };
  form.addEventListener('input', () => {
    if (out) return;
    typed += 1;
    clearTimeout(soon);
    soon = setTimeout(save, SOON);
    latest ??= setTimeout(save, LATEST);
  });
  document.addEventListener('click', (e) => { if (e.target.closest('[data-gem-nu]')) save(); });

  /* Leaving: the tab may never come back. What is already on its way is the same text and harms nothing. */
  document.addEventListener('visibilitychange', () => { if (document.hidden && unsaved()) save(); });
  addEventListener('pagehide', () => {
    if (!unsaved() || out) return;
    const data = new FormData(form);
    data.append('stille', '1');
    navigator.sendBeacon(form.action, data);
  });
  addEventListener('pageshow', (e) => { if (e.persisted) location.reload(); });

  /* A button waits for the save that is under way: two versions of one's own text are no conflict. And what is not
     saved yet is saved first: the page with the text is only left when the server answers. */
  form.addEventListener('submit', (e) => {
    [soon, latest, again].forEach(clearTimeout);
    if (going || out || !(busy || unsaved())) { going = false; return; }
    e.preventDefault();
    waiting = e.submitter;
    if (!busy) save();
  });
  const goOn = () => {
    const button = waiting;
    waiting = null;
    if (button) { going = true; form.removeAttribute('aria-busy'); form.requestSubmit(button); }
  };

  const isMine = (e) => e.detail.elt === form;
  const failed = () => {
    form.setAttribute('data-aendret', '');
    const text = words('gemt-fejl');
    text.querySelector('[data-siden]').hidden = !saved;
    text.querySelector('[data-tid]').textContent = saved;
    line.replaceChildren(text);
    hear('Kladden er ikke gemt. Vi prøver igen om lidt.');
    again = setTimeout(save, AGAIN);
    waiting = null;
    form.removeAttribute('aria-busy');
  };
  const loggedOut = () => {
    out = true;
    form.removeAttribute('data-aendret');
    form.setAttribute('data-ude', ''); // app.js keeps what is typed until one is back
    form.querySelector('textarea, input').dispatchEvent(new Event('input', { bubbles: true }));
    line.replaceChildren(words('gemt-ude'));
    hear('Du er logget ud. Log ind igen, så kommer det, du har skrevet, tilbage.');
  };
  // In a tunnel the line is there and carries nothing: without an end to the waiting the buttons would wait with it.
  document.addEventListener('htmx:configRequest', (e) => { if (isMine(e)) e.detail.timeout = PATIENCE; });
  document.addEventListener('htmx:beforeRequest', (e) => {
    if (!isMine(e)) return;
    busy = true;
    sent = typed;
    line.replaceChildren(words('gemmer'));
  });
  document.addEventListener('htmx:afterRequest', (e) => {
    if (!isMine(e)) return;
    busy = false;
    const xhr = e.detail.xhr;
    const away = xhr.responseURL && new URL(xhr.responseURL).pathname.startsWith('/konto/');
    if (away || xhr.status === 403) { loggedOut(); return; }
    // Also when the answer asks which of two texts counts: the next button says it, and nothing is saved before it.
    if (e.detail.successful || xhr.status === 409) kept = sent;
    else failed();
    goOn();
  });
  document.addEventListener('htmx:afterSwap', (e) => {
    if (e.detail.target !== line) return;
    const ok = line.querySelector('[data-gemt]');
    if (!ok) { hear(line.textContent.trim()); return; }
    saved = ok.dataset.gemt;
    hear('Kladden gemmes af sig selv.');
    kept = sent;
    if (!unsaved()) form.removeAttribute('data-aendret');
  });

  // What waited in the tab while one logged in again.
  if (form.hasAttribute('data-aendret')) { typed = 1; soon = setTimeout(save, SOON); }
})();
