"""What static/js/app.js adds to pages that already work: tried on small pages of its own, in a real browser."""

from pathlib import Path

import django_htmx
import pytest

ROOT = Path(__file__).resolve().parents[2]
APP_JS = ROOT / "static/js/app.js"
HTMX = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
SITE = "http://elevforloeb.test"
FRAME = """<!doctype html><html lang="da"><meta charset="utf-8"><title>x</title>
<meta name="htmx-config" content='{"responseHandling":[{"code":"[23]..","swap":true},{"code":"422","swap":true},
{"code":"[45]..","swap":false,"error":true}]}'>
<body>%s<p id="status"></p><p id="forbindelse"></p><script src="/htmx.js"></script><script src="/app.js"></script>"""
BOARD = """<form data-flyt method="post" action="/flyt/"><input type="hidden" name="ophold">
<button name="retning" value="tidligere">tidligere</button><button name="retning" value="senere">senere</button></form>
<table class="plan"><tr><th>A</th><td colspan="2"><a class="bar" id="a1" data-ophold="1" href="/ret/1/">a1</a></td>
<td><a class="bar" id="a2" data-ophold="2" href="/ret/2/">a2</a></td></tr>
<tr><th>B</th><td><a class="bar" id="b1" data-ophold="3" href="/ret/3/">b1</a></td>
<td colspan="2"><a class="bar" id="b2" data-ophold="4" href="/ret/4/">b2</a></td></tr></table>"""


class Site:
    """A page of our own and what the browser asks it for."""

    def __init__(self, page):
        self.page, self.asked, self.answers = page, [], {}
        page.route(f"{SITE}/**", self.answer)

    def answer(self, route):
        path = route.request.url.removeprefix(SITE)
        if path in ("/app.js", "/htmx.js"):
            return route.fulfill(path=APP_JS if path == "/app.js" else HTMX, content_type="text/javascript")
        self.asked.append((route.request.method, path, route.request.post_data))
        answer = self.answers.get(path, {"body": "<p>andet sted</p>"})
        return route.abort() if answer is None else route.fulfill(content_type="text/html; charset=utf-8", **answer)

    def open(self, html, **answers):
        self.answers = {"/": {"body": FRAME % html}} | answers.pop("answers", {})
        self.page.goto(f"{SITE}/")
        self.asked.clear()
        return self.page


@pytest.fixture(scope="module")
def context(browser):
    context = browser.new_context()
    context.set_default_timeout(5000)
    yield context
    context.close()


@pytest.fixture
def site(context):
    page = context.new_page()
    yield Site(page)
    page.close()


def focused(page):
    return page.evaluate("document.activeElement.id")


def test_the_board_is_one_tab_stop(site):
    page = site.open(BOARD)
    assert page.eval_on_selector_all(".bar", "bars => bars.filter(b => b.tabIndex === 0).map(b => b.id)") == ["a1"]


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        ("a1", "ArrowRight", "a2"),
        ("a2", "ArrowLeft", "a1"),
        ("a2", "ArrowDown", "b2"),
        ("b1", "ArrowUp", "a1"),
        ("a1", "End", "a2"),
        ("b2", "Home", "b1"),
        ("a1", "ArrowUp", "a1"),
    ],
)
def test_arrows_move_between_bars(site, start, key, end):
    page = site.open(BOARD)
    page.focus(f"#{start}")
    page.keyboard.press(key)
    assert focused(page) == end


def test_enter_follows_the_link_of_the_bar(site):
    page = site.open(BOARD)
    page.focus("#a2")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{SITE}/ret/2/")


@pytest.mark.parametrize(("key", "way"), [("ArrowLeft", "tidligere"), ("ArrowRight", "senere")])
def test_shift_and_arrow_send_the_form_of_the_board(site, key, way):
    page = site.open(BOARD)
    page.focus("#b2")
    page.keyboard.press(f"Shift+{key}")
    page.wait_for_url(f"{SITE}/flyt/")
    assert site.asked == [("POST", "/flyt/", f"ophold=4&retning={way}")]


def test_esc_closes_the_open_row_and_gives_focus_back(site):
    bar = '<a class="bar" id="a1" href="/ret/" hx-get="/ret/" hx-target="#r" hx-swap="outerHTML">a</a>'
    html = f'<table class="plan"><tr id="r"><td>{bar}</td></tr></table>'
    open_row = {
        "body": '<tr id="r" class="rediger"><td><input id="fra" autofocus>'
        '<a data-luk href="/" hx-get="/luk/" hx-target="#r" hx-swap="outerHTML">Luk</a></td></tr>'
    }
    row = {"body": '<tr id="r"><td><a class="bar" id="a1" href="/ret/">a</a></td></tr>'}
    page = site.open(html, answers={"/ret/": open_row, "/luk/": row})
    page.click("#a1")
    page.wait_for_selector("#fra")
    page.keyboard.press("Escape")
    page.wait_for_selector("#a1")
    page.wait_for_function("document.activeElement.id === 'a1'")


def test_a_row_that_is_hidden_on_a_phone_is_opened_as_a_page(site):
    page = site.open('<a id="l" href="/ret/1/" hx-get="/ret/1/" hx-target="#r">Flyt Noah</a><div id="r" hidden></div>')
    page.click("#l")
    page.wait_for_url(f"{SITE}/ret/1/")


def test_error_summary_takes_focus_and_leads_to_the_field(site):
    page = site.open(
        '<div class="fejlliste" id="s" tabindex="-1" data-fokus><a href="#navn">Udfyld</a></div>'
        '<div class="form-group"><label for="navn">Navn</label><input id="navn"></div>'
    )
    assert focused(page) == "s"
    page.click(".fejlliste a")
    assert focused(page) == "navn"


def test_a_form_is_sent_once_but_never_dies(site):
    html = '<form id="f" method="post" action="/gem/" hx-post="/gem/" hx-swap="none"><button>Gem</button></form>'
    page = site.open(html, answers={"/gem/": {"body": "", "status": 500}})
    page.evaluate("f.requestSubmit(); f.requestSubmit()")
    page.wait_for_function("!f.hasAttribute('aria-busy')")
    assert len(site.asked) == 1
    page.click("button")
    page.wait_for_function("!f.hasAttribute('aria-busy')")
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "Ingen forbindelse – prøv igen."),
        ({"body": "", "status": 500}, "Det lykkedes ikke – prøv igen."),
        ({"body": "", "status": 403}, "Du er logget ud. Kopiér det, du har skrevet, og genindlæs siden."),
    ],
)
def test_what_went_wrong_is_said(site, answer, words):
    html = '<form method="post" action="/gem/" hx-post="/gem/" hx-swap="none"><button>Gem</button></form>'
    page = site.open(html, answers={"/gem/": answer})
    page.click("button")
    page.wait_for_function("forbindelse.textContent")
    assert page.inner_text("#forbindelse") == words


def leaves_without_asking(page):
    asked = []
    page.on("dialog", lambda dialog: asked.append(dialog.type) or dialog.accept())
    page.goto(f"{SITE}/andet/")
    return asked == []


FORM = """<form data-bevar method="post" action="/gem/"><input id="navn">
<p class="formularfod"><button>Gem</button><a href="/andet/">Fortryd</a></p></form>"""


def test_typed_text_is_not_lost_without_a_warning(site):
    page = site.open(FORM)
    page.type("#navn", "Noah")
    assert not leaves_without_asking(page)


def test_an_untouched_form_is_left_without_a_warning(site):
    page = site.open(FORM)
    page.click("#navn")
    assert leaves_without_asking(page)


@pytest.mark.parametrize("way_out", ["button", ".formularfod a"])
def test_saving_and_giving_up_ask_nothing(site, way_out):
    page = site.open(FORM)
    asked = []
    page.on("dialog", lambda dialog: asked.append(dialog.type) or dialog.accept())
    page.type("#navn", "Noah")
    page.click(way_out)
    page.wait_for_url(lambda url: url != f"{SITE}/")
    assert asked == []
