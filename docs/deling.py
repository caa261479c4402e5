"""Draws static/deling.png, the picture that a shared link shows: `python -m docs.deling`, after `make css`.

Our own drawing of the five stays. It names no municipality, so that it fits every installation.
"""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.engines_plugin import find_chromium

ROOT = Path(__file__).resolve().parent.parent
FONT = ROOT / "static_byg" / "fds" / "skrift" / "IBMPlexSans-SemiBold-Latin1.woff2"
STAYS = [(4, "#d9e7f8", "#2a68ad"), (4, "#fde3cc", "#b8570a"), (4, "#faefc0", "#86690a"), (6, "#fbdfe9", "#b0366a"),
         (6, "#dcefd5", "#37762a")]  # fmt: skip
MONTH, STEP = 20, 62  # pixels


def steps() -> str:
    found, x, y = [], 640, 150
    for months, fill, edge in STAYS:
        width = months * MONTH
        found.append(
            f'<path d="M{x} {y}V520" stroke="#2c6f7f" stroke-width="2"/>'
            f'<rect x="{x}" y="{y}" width="{width}" height="50" rx="7" fill="{fill}"/>'
            f'<rect x="{x}" y="{y}" width="7" height="50" rx="3" fill="{edge}"/>'
        )
        x, y = x + width, y + STEP
    return "".join(found)


def page() -> str:
    return f"""<style>@font-face{{font-family:Plex;src:url({FONT.as_uri()})}}*{{margin:0}}</style>
<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" font-family="Plex">
<rect width="1200" height="630" fill="#072c36"/>{steps()}
<circle cx="1080" cy="150" r="42" fill="#f4b740"/>
<path d="M1060 150l15 15 26-30" fill="none" stroke="#201300" stroke-width="8" stroke-linecap="round"/>
<text x="80" y="270" fill="#fff" font-size="84">Bliv</text>
<text x="80" y="365" fill="#fff" font-size="84">kontorelev</text>
<text x="80" y="440" fill="#c6e2e7" font-size="34">To år med løn, skole og vejleder.</text>
<rect x="80" y="480" width="120" height="8" fill="#f4b740"/></svg>"""


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        drawing = browser.new_page(viewport={"width": 1200, "height": 630})
        source = ROOT / "static_byg" / "deling.html"  # beside the font: a page without an address may not load it
        source.write_text(page())
        drawing.goto(source.as_uri())
        drawing.evaluate("document.fonts.ready")
        drawing.screenshot(path=ROOT / "static" / "deling.png")
        source.unlink()
        browser.close()


if __name__ == "__main__":
    main()
