/* The applicants' board: arrows, Home and End move from card to card. Without it every link and button works by Tab. */
(() => {
  const CONTROLS = ['summary', '.akort__naeste', 'h3 a'];
  const columns = () => [...document.querySelectorAll('.tavle .kolonne')].map((column) => [...column.querySelectorAll('.akort')]).filter((cards) => cards.length);
  const away = (a, b) => Math.abs(a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  const nearest = (cards, card) => cards?.reduce((a, b) => (away(b, card) < away(a, card) ? b : a));
  const goal = (key, card) => {
    const all = columns();
    const x = all.findIndex((cards) => cards.includes(card));
    const y = all[x].indexOf(card);
    const beside = { ArrowDown: all[x][y + 1], ArrowUp: all[x][y - 1], Home: all[x][0], End: all[x].at(-1) };
    return { ...beside, ArrowRight: nearest(all[x + 1], card), ArrowLeft: nearest(all[x - 1], card) }[key];
  };
  document.addEventListener('keydown', (e) => {
    const control = CONTROLS.find((each) => e.target.matches?.(`.akort ${each}`)); // never from inside an open menu
    if (!control || e.altKey || e.ctrlKey || e.metaKey || e.shiftKey) return;
    const card = goal(e.key, e.target.closest('.akort'));
    if (!card) return;
    e.preventDefault();
    (card.querySelector(control) ?? card.querySelector('h3 a')).focus();
  });
  const hint = document.querySelector('[data-tavlehjaelp]');
  if (hint) hint.hidden = !matchMedia('(hover: hover)').matches;
})();
