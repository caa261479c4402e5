/* Elevforløb: small improvements. Every page works without them. No eval, no inline style. */
(() => {
  'use strict';
  const say = (id, text) => {
    const line = document.getElementById(id);
    if (line && line.textContent !== text) line.textContent = text;
  };

  /* --- Error summary: it takes focus when it arrives, and its links go to the field with the label in view. */
  const focusErrors = (root) => root.querySelector('.fejlliste[data-fokus]')?.focus();
  document.addEventListener('click', (e) => {
    const field = document.getElementById(e.target.closest('.fejlliste a')?.hash.slice(1));
    if (!field) return;
    e.preventDefault();
    (field.closest('fieldset, .form-group') ?? field).scrollIntoView({ block: 'start' });
    field.focus({ preventScroll: true });
  });

  /* --- A menu closes when the focus leaves it: it would lie over what comes next. */
  document.addEventListener('focusin', (e) => {
    const open = document.querySelector('.menu:popover-open');
    if (open && !open.contains(e.target) && e.target.getAttribute('popovertarget') !== open.id) open.hidePopover();
  });

  /* --- The planning board is one tab stop: arrows, Home and End move between the bars. */
  const bars = () => [...document.querySelectorAll('.plan .bar')];
  const choose = (bar) => bars().forEach((b) => { b.tabIndex = b === bar ? 0 : -1; });
  const prepareBoard = () => {
    const all = bars();
    if (all.length) choose(all.find((b) => b.getAttribute('tabindex') === '0') ?? document.querySelector('.plan .bar--valgt') ?? all[0]);
  };
  const middle = (bar) => { const box = bar.getBoundingClientRect(); return box.left + box.width / 2; };
  const nearest = (row, bar) => row?.reduce((a, b) => (Math.abs(middle(b) - middle(bar)) < Math.abs(middle(a) - middle(bar)) ? b : a));
  const goal = (key, bar) => {
    const rows = [...document.querySelectorAll('.plan tr')].map((row) => [...row.querySelectorAll('.bar')]).filter((row) => row.length);
    const y = rows.findIndex((row) => row.includes(bar));
    const x = rows[y].indexOf(bar);
    const beside = { ArrowRight: rows[y][x + 1], ArrowLeft: rows[y][x - 1], Home: rows[y][0], End: rows[y].at(-1) };
    return { ...beside, ArrowDown: nearest(rows[y + 1], bar), ArrowUp: nearest(rows[y - 1], bar) }[key];
  };
  /* Shift + arrow: one form for the whole board is told which stay to move and which way. */
  const move = (bar, way) => {
    const form = document.querySelector('form[data-flyt]');
    const button = form?.querySelector(`[name=retning][value=${way}]`);
    if (!button || !bar.dataset.ophold) return;
    form.elements.ophold.value = bar.dataset.ophold;
    button.click(); // not requestSubmit: htmx only sends the value of a button that was clicked
  };
  const MOVES = { ArrowLeft: 'tidligere', ArrowRight: 'senere' };
  document.addEventListener('focusin', (e) => { const bar = e.target.closest?.('.plan .bar'); if (bar) choose(bar); });
  document.addEventListener('keydown', (e) => {
    const bar = e.target.closest?.('.plan .bar');
    if (!bar || e.altKey || e.ctrlKey || e.metaKey) return;
    const to = e.shiftKey ? null : goal(e.key, bar);
    if (!to && !(e.shiftKey && MOVES[e.key])) return;
    e.preventDefault();
    if (to) to.focus(); else move(bar, MOVES[e.key]);
  });

  /* Esc closes what was opened in place. Its own "Luk" link does the work, and focus goes back to the bar. */
  let opener = '';
  document.addEventListener('click', (e) => { opener = e.target.closest('.bar')?.id || opener; }, true);
  document.addEventListener('keydown', (e) => {
    const close = e.key === 'Escape' && document.querySelector('.rediger [data-luk]');
    if (close) { e.preventDefault(); close.click(); }
  });

  /* --- Forms: sent once at a time, but never dead; a warning only when something typed would be lost. */
  const wake = (form) => form.removeAttribute('aria-busy');
  const mark = (form) => {
    if (form?.matches('[data-ude]')) keep(form); // logged out: what is typed waits in the tab
    else if (form?.matches('[data-bevar]')) form.setAttribute('data-aendret', '');
  };
  const markRefused = (root) => root.querySelectorAll('form[data-bevar] .fejlliste, form[data-bevar] [data-ugemt]').forEach((list) => mark(list.closest('form')));
  document.addEventListener('submit', (e) => {
    const form = e.target;
    if (form.method !== 'post') return;
    if (form.hasAttribute('aria-busy')) { e.preventDefault(); e.stopImmediatePropagation(); return; }
    form.setAttribute('aria-busy', 'true');
    form.removeAttribute('data-aendret');
    setTimeout(wake, 8000, form); // a download or a lost answer leaves the page standing
  }, true);
  document.addEventListener('input', (e) => mark(e.target.form));

  /* --- A number with one less and one more beside it. The buttons come with JavaScript; the field works without. */
  const showSteps = (root) => root.querySelectorAll('[data-trin]').forEach((button) => { button.hidden = false; });
  document.addEventListener('click', (e) => {
    const button = e.target.closest('[data-trin]');
    const field = button?.parentElement.querySelector('input');
    if (!field) return;
    if (button.dataset.trin === '1') field.stepUp(); else field.stepDown();
    mark(field.form);
  });
  document.addEventListener('click', (e) => e.target.closest('.formularfod a')?.closest('form')?.removeAttribute('data-aendret'));
  addEventListener('beforeunload', (e) => { if (document.querySelector('form[data-aendret]')) e.preventDefault(); });
  addEventListener('pageshow', () => document.querySelectorAll('form[aria-busy]').forEach(wake));

  /* --- A form that met the log-in page instead of an answer: what was typed waits in this tab, and comes back. */
  const KEPT = 'ikke-gemt';
  const here = () => ({ side: location.pathname + location.search, bruger: document.body.dataset.bruger });
  const keep = (form) => {
    const typed = [...new FormData(form)].filter(([name, value]) => form.elements[name].type !== 'hidden' && form.elements[name].type !== 'password' && typeof value === 'string');
    sessionStorage.setItem(KEPT, JSON.stringify({ ...here(), typed }));
  };
  const write = (form, typed) => {
    for (const field of form.elements) {
      const values = typed.filter(([name]) => name === field.name).map(([, value]) => value);
      if (['checkbox', 'radio'].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length && !['hidden', 'password', 'file', 'submit'].includes(field.type)) field.value = values[0];
    }
  };
  const giveBack = () => {
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    const instead = document.querySelector('[data-i-stedet]'); // the log-in page, and "Siden var for gammel"
    if (!kept) return;
    if (instead) {
      instead.hidden = false;
      for (const other of document.querySelectorAll('[data-ellers]')) other.hidden = true;
      sessionStorage.setItem(KEPT, JSON.stringify({ ...kept, afbrudt: true }));
      return;
    }
    const form = document.querySelector('form[data-bevar]');
    const sameUser = kept.bruger === here().bruger;
    if (kept.afbrudt && sameUser && (kept.side !== here().side || !form)) return; // e.g. the code from the telephone
    sessionStorage.removeItem(KEPT);
    if (!kept.afbrudt || !sameUser) return;
    write(form, kept.typed);
    mark(form);
    const saves = form.matches('[data-kladde]') ? 'Det gemmes af sig selv.' : 'Gem det nu.';
    say('forbindelse', `Du var logget ud, da du ville gemme. Det, du skrev, står her igen. ${saves}`);
  };
  document.addEventListener('submit', (e) => { if (e.target.matches('form[data-bevar][method=post]')) keep(e.target); });

  /* --- htmx: what went wrong is said, what was typed stays. */
  const failed = (e) => {
    if (e.detail.elt.matches('[data-kladde]')) return; // kladde.js says it in its own line
    const tooOld = e.detail.xhr?.status === 403;
    if (e.type === 'htmx:responseError') say('forbindelse', tooOld ? 'Du er logget ud. Kopiér det, du har skrevet, og genindlæs siden.' : 'Det lykkedes ikke – prøv igen.');
    else say('forbindelse', 'Ingen forbindelse – prøv igen.');
    mark(e.detail.elt.closest('form'));
  };
  for (const event of ['htmx:sendError', 'htmx:timeout', 'htmx:responseError']) document.addEventListener(event, failed);
  /* A file on a slow line: how far it has come. */
  document.addEventListener('htmx:xhr:progress', (e) => {
    const bar = e.detail.lengthComputable && e.target.querySelector('.paa-vej progress');
    if (bar) { bar.max = e.detail.total; bar.value = e.detail.loaded; }
  });
  const isLogIn = (xhr) => xhr.responseURL && new URL(xhr.responseURL).pathname.startsWith('/konto/');
  document.addEventListener('htmx:beforeSwap', (e) => {
    if (!isLogIn(e.detail.xhr)) return;
    e.detail.shouldSwap = false; // the log-in page does not belong in the middle of another
    if (e.detail.elt.matches('[data-kladde]')) return;
    say('forbindelse', 'Du er logget ud. Kopiér det, du har skrevet, og genindlæs siden.');
  });
  document.addEventListener('htmx:afterRequest', (e) => {
    const form = e.detail.elt.closest('form');
    if (form) wake(form);
    if (e.detail.successful && !isLogIn(e.detail.xhr)) say('forbindelse', '');
    // The receipt of the step before: the new step has its own.
    if (e.detail.successful && e.detail.requestConfig.verb === 'post') document.querySelector('#indhold > .beskeder')?.remove();
  });
  document.addEventListener('htmx:afterSettle', (e) => {
    prepareBoard();
    focusErrors(e.detail.elt);
    markRefused(e.detail.elt);
    if (document.activeElement === document.body) (document.getElementById(opener) ?? document.getElementById('indhold'))?.focus();
  });
  // On a phone the board is hidden and its rows cannot open in place: the link is followed instead.
  document.addEventListener('htmx:beforeRequest', (e) => {
    const link = e.detail.elt.closest('a[href]');
    if (link && !e.detail.target.checkVisibility()) { e.preventDefault(); location.assign(link.href); }
  });
  /* The receipt in #status is read aloud at once and leaves the screen after ten seconds. */
  const status = document.getElementById('status');
  let fade;
  if (status) new MutationObserver(() => { clearTimeout(fade); fade = setTimeout(say, 10000, 'status', ''); }).observe(status, { childList: true });

  prepareBoard();
  showSteps(document);
  focusErrors(document);
  markRefused(document);
  giveBack();
})();
