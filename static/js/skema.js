/* A long form is walked from question to question: what must be explained opens, and "Næste" finds what is not
   answered. Without this file the link leads to the first of them, and everything opens by hand. */
(() => {
  'use strict';
  const form = document.querySelector('form[data-kladde]');
  const next = form?.querySelector('[data-naeste]');
  if (!next) return;
  const questions = [...form.querySelectorAll('.evalspm')];
  const chosen = (q) => q.querySelector('[type=radio]:checked');
  const says = (q) => q.querySelector('textarea').value.trim() !== '';
  const isScale = (q) => q.matches('fieldset');
  const isAnswered = (q) => (isScale(q) && chosen(q) !== null) || says(q);
  const isDone = (q) => (isScale(q) ? chosen(q) !== null && (!('ende' in chosen(q).dataset) || says(q)) : says(q));

  const count = () => {
    const links = form.querySelectorAll('.evalvej [data-besvaret]');
    form.querySelectorAll('[data-del]').forEach((part, nr) => {
      const answered = [...part.querySelectorAll('.evalspm')].filter(isAnswered).length;
      part.querySelector('[data-besvaret]').textContent = links[nr].textContent = answered;
    });
    form.querySelector('[data-fremgang]').value = questions.filter(isAnswered).length;
  };
  form.addEventListener('input', (e) => {
    if (e.target.matches('[data-ende]')) e.target.closest('.evalspm').querySelector('details').open = true;
    count();
  });

  next.addEventListener('click', (e) => {
    e.preventDefault();
    const line = form.querySelector('.gemlinje').getBoundingClientRect().bottom + 40;
    const open = questions.filter((q) => !isDone(q));
    const to = open.find((q) => q.getBoundingClientRect().top > line) ?? document.getElementById('videre');
    to.scrollIntoView({ block: to.matches('.evalspm') ? 'start' : 'center' });
    (to.querySelector('[type=radio], textarea') ?? to).focus({ preventScroll: true });
  });
  form.querySelector('.evalvej ol').addEventListener('click', (e) => { e.target.closest('details').open = false; });

  form.addEventListener('click', (e) => {
    const rest = e.target.closest('[data-rest]');
    if (!rest) return;
    const empty = [...rest.closest('[data-del]').querySelectorAll('.evalspm')].filter((q) => !chosen(q));
    empty.forEach((q) => { q.querySelector(`[value="${rest.dataset.rest}"]`).checked = true; });
    form.querySelector('.evalspm input').dispatchEvent(new Event('input', { bubbles: true }));
  });
  // Two texts for one answer are compared with both in sight.
  document.addEventListener('htmx:afterSettle', () => {
    form.querySelectorAll('.evalspm:has(.evalkonflikt) details').forEach((room) => { room.open = true; });
  });
  // The browser gives back what was chosen when one goes back: the examples that are asked for open again.
  addEventListener('pageshow', () => {
    questions.filter((q) => isScale(q) && !isDone(q) && chosen(q)).forEach((q) => { q.querySelector('details').open = true; });
    count();
  });
})();
