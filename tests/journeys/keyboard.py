"""A person without a mouse: keys only, and the focus must always be somewhere and always be seen."""

from playwright.sync_api import Locator, Page, expect

# The ring is drawn by the element itself or, where the design hides its edge, by its label or by what frames it.
# The calendar button inside a date field has the focus without the field having it: its ring is the browser's own.
RING_IS_SEEN = """() => {
  const drawn = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const focused = document.activeElement;
  if (focused.type === 'date' && !focused.matches(':focus')) return true;
  const places = [[focused], [focused.parentElement]];
  for (const label of focused.labels ?? []) places.push([label], [label, '::before'], [label, '::after']);
  return places.some(([element, part]) => drawn(getComputedStyle(element, part)));
}"""

# Something fixed to the edge of the window (the phone's bar) may lie over what has the focus.
IS_COVERED = """() => {
  const focused = document.activeElement, box = focused.getBoundingClientRect();
  const x = Math.min(box.left + Math.min(box.width / 2, 20), innerWidth - 1);
  const top = document.elementFromPoint(x, box.top + box.height / 2);
  const label = focused.labels?.[0];
  return !top || !(focused.contains(top) || top.contains(focused) || label?.contains(top));
}"""


def tab_to(page: Page, target: Locator, *, by: str = "Tab", most: int = 60):
    """Press Tab until the target has focus; every stop on the way must show where it is."""
    expect(target).to_be_visible()
    for _ in range(most):
        page.keyboard.press(by)
        expect_focus(page)
        if has_focus(target):
            return
    raise AssertionError(f"{most} presses of {by} do not lead to {target}")


def press(page: Page, target: Locator, key: str = "Enter", **how):
    tab_to(page, target, **how)
    page.keyboard.press(key)


def write(page: Page, target: Locator, text: str, **how):
    tab_to(page, target, **how)
    page.keyboard.type(text)


def has_focus(target: Locator) -> bool:
    return target.evaluate("element => element === document.activeElement")


def expect_focus(page: Page):
    """Not lost to <body>, and with a ring around it."""
    page.wait_for_function("document.activeElement !== document.body")  # :focus-within knows no popover
    assert page.evaluate(RING_IS_SEEN), f"no focus ring: {page.evaluate('document.activeElement.outerHTML')[:200]}"


def walk(page: Page, most: int = 200) -> list[str]:
    """Tab from the top of the page to its end: every stop is seen whole enough to know where one is."""
    hidden = []
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return hidden
        expect_focus(page)
        if page.evaluate(IS_COVERED):
            hidden.append(page.evaluate("document.activeElement.innerText || document.activeElement.name"))
    raise AssertionError(f"{most} presses of Tab do not lead through {page.url}")
