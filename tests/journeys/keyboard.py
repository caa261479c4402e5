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
    expect(page.locator("body:focus-within")).to_have_count(1)
    assert page.evaluate(RING_IS_SEEN), f"no focus ring: {page.evaluate('document.activeElement.outerHTML')[:200]}"
