/* Elevforløb: small improvements. Every page works without them. No eval, no inline style. */
(() => {
  'use strict';
  const el = (id) => document.getElementById(id);
  const isShown = (node) => Boolean(node?.checkVisibility());

  /* --- Error summary: it takes focus when it arrives, and its links go to the field with the label in view. */
  const focusErrors = (root) => root.querySelector('.fejlliste[data-fokus]')?.focus();
  document.addEventListener('click', (e) => {
    const field = el(e.target.closest('.fejlliste a')?.hash.slice(1));
    if (!field) return;
    e.preventDefault();
    (field.closest('fieldset, .form-group') ?? field).scrollIntoView({ block: 'start' });
    field.focus({ preventScroll: true });
  });

  /* --- The planning board: one tab stop, arrows move between the bars. */
  const bars = () => [...document.querySelectorAll('.plan .bar')];
  const choose = (bar) => bars().forEach((b) => { b.tabIndex = b === bar ? 0 : -1; });
  const prepareBoard = () => {
    const all = bars();
    if (all.length && !all.some((b) => b.tabIndex === 0 && b.hasAttribute('tabindex'))) choose(document.querySelector('.plan .bar--valgt') ?? all[0]);
    else if (all.length) choose(all.find((b) => b.getAttribute('tabindex') === '0'));
  };
  const middle = (bar) => { const box = bar.getBoundingClientRect(); return box.left + box.width / 2; };
  const nearest = (row, bar) => row?.reduce((a, b) => (Math.abs(middle(b) - middle(bar)) < Math.abs(middle(a) - middle(bar)) ? b : a));
  const target = (key, bar) => {
    const rows = [...document.querySelectorAll('.plan tr')].map((r) => [...r.querySelectorAll('.bar')]).filter((r) => r.length);
    const y = rows.findIndex((r) => r.includes(bar));
    const x = rows[y].indexOf(bar);
    return { ArrowRight: rows[y][x + 1], ArrowLeft: rows[y][x - 1], ArrowDown: nearest(rows[y + 1], bar), ArrowUp: nearest(rows[y - 1], bar), Home: rows[y][0], End: rows[y].at(-1) }[key];
  };
  /* Shift + arrow: one form for the whole board is told which stay to move and which way. */
  const move = (bar, key) => {
    const form = document.querySelector('form[data-flyt]');
    const button = form?.querySelector(`[name=retning][value=${key === 'ArrowLeft' ? 'tidligere' : 'senere'}]`);
    if (!button || !bar.dataset.ophold) return false;
    form.elements.ophold.value = bar.dataset.ophold;
    button.click(); // not requestSubmit: htmx only sends the value of a button that was clicked
    return true;
  };
  document.addEventListener('focusin', (e) => { const bar = e.target.closest?.('.plan .bar'); if (bar) choose(bar); });
  document.addEventListener('keydown', (e) => {
    const bar = e.target.closest?.('.plan .bar');
    if (!bar || e.altKey || e.ctrlKey || e.metaKey) return;
    if (e.shiftKey) {
      if (['ArrowLeft', 'ArrowRight'].includes(e.key) && move(bar, e.key)) e.preventDefault();
      return;
    }
    const to = target(e.key, bar);
    if (to) { e.preventDefault(); to.focus(); }
  });

  /* Esc closes what was opened in place. Its own "Luk" link does the work, so there is one way to close. */
  let opener = null;
  document.addEventListener('click', (e) => { const bar = e.target.closest('.bar'); if (bar?.id) opener = bar.id; }, true);
  document.addEventListener('keydown', (e) => {
    if (e.key !== 'Escape' || e.defaultPrevented) return;
    const close = (e.target.closest?.('.rediger') ?? document.querySelector('.rediger'))?.querySelector('[data-luk]');
    if (close) { e.preventDefault(); close.click(); }
  });

  /* --- Forms: one submit at a time, but never a dead form; a warning only when something typed would be lost. */
  const busy = new WeakMap();
  const free = (form) => { busy.delete(form); form.removeAttribute('aria-busy'); };
  document.addEventListener('submit', (e) => {
    const form = e.target;
    if (form.method !== 'post') return;
    if (busy.has(form)) { e.preventDefault(); e.stopImmediatePropagation(); return; }
    busy.set(form, true);
    form.setAttribute('aria-busy', 'true');
    form.removeAttribute('data-aendret');
    // A download or a slow answer leaves the page standing: the form wakes up again by itself.
    setTimeout(() => free(form), 8000);
  }, true);
  document.addEventListener('input', (e) => e.target.form?.matches('[data-bevar]') && e.target.form.setAttribute('data-aendret', ''));
  addEventListener('beforeunload', (e) => { if (document.querySelector('form[data-aendret]')) e.preventDefault(); });
  addEventListener('pageshow', () => document.querySelectorAll('form[aria-busy]').forEach(free));

  /* --- htmx */
  const say = (id, text) => { const line = el(id); if (line) line.textContent = text; };
  let fade;
  const status = el('status');
  if (status) new MutationObserver(() => { clearTimeout(fade); if (status.textContent) fade = setTimeout(() => say('status', ''), 10000); }).observe(status, { childList: true });

  // On a phone the board is hidden and its rows cannot be opened in place: the link is followed instead.
  document.addEventListener('htmx:beforeRequest', (e) => {
    const link = e.detail.elt.closest('a[href]');
    if (link && !isShown(e.detail.target)) { e.preventDefault(); location.assign(link.href); }
  });
  const failed = (e) => {
    say('forbindelse', e.type === 'htmx:sendError' ? 'Ingen forbindelse – prøv igen.' : 'Det lykkedes ikke. Intet er gemt – prøv igen.');
    const form = e.detail.elt.closest('form');
    if (form?.matches('[data-bevar]')) form.setAttribute('data-aendret', '');
  };
  document.addEventListener('htmx:sendError', failed);
  document.addEventListener('htmx:timeout', failed);
  document.addEventListener('htmx:responseError', failed);
  document.addEventListener('htmx:afterRequest', (e) => {
    const form = e.detail.elt.closest('form');
    if (form) free(form);
    if (e.detail.successful) say('forbindelse', '');
  });
  document.addEventListener('htmx:afterSettle', (e) => {
    prepareBoard();
    focusErrors(e.detail.elt);
    if (document.activeElement === document.body && opener) el(opener)?.focus();
  });

  prepareBoard();
  focusErrors(document);
})();
