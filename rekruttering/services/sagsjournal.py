"""Hiring cases filed in the municipality's case system: by hand, or the way that sealed documents go."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from elevforloeb.core import journal
from elevforloeb.core.dates import now
from elevforloeb.core.errors import save_checked
from elevforloeb.core.files.store import Damaged, read
from elevforloeb.core.journal import NotFiled, Paper
from elevforloeb.core.pdf import PdfUnavailable
from elevforloeb.core.seal import fingerprint
from rekruttering.models import Ansoegning, Ansoegningsbilag, Sagsjournal
from rekruttering.pdf import sagsakt_pdf
from rekruttering.permissions import steerable_ansoegninger
from rekruttering.queries.sagsakt import get_sagsakt

from .sagsmappe import RELATED, attachments
from .tilstand import write_step

S = Sagsjournal.Status
SEND = "send"


@transaction.atomic
def enter(actor, *, ansoegninger: Iterable[Ansoegning], sagsnr: str, kle="", bevares="", hvordan="haand") -> int:
    """Filed by hand, or to be filed by a worker. Again with another number: that is what counts. Answers how many."""
    if hvordan == SEND and journal.adapter() is None:
        raise ValidationError("Der er ikke sat en journal op. Journalisér i hånden, og skriv sagsnummeret her.")
    wanted = [each.pk for each in ansoegninger]
    rows = Ansoegning.objects.select_for_update(of=["self"], no_key=True).filter(pk__in=wanted).order_by("pk")
    for row in rows:
        post = Sagsjournal.objects.filter(ansoegning=row).first() or Sagsjournal(ansoegning=row)
        post.sagsnr, post.kle, post.bevares, post.bruger = sagsnr, kle, bevares, actor
        post.tid, post.naeste, post.forsoeg, post.akt = now(), timezone.now(), 0, None
        post.status, post.svar = (S.VENTER, "") if hvordan == SEND else (S.SKREVET, journal.BY_HAND)
        save_checked(post)
        _tell(post, row)
    return len(rows)


def _tell(post: Sagsjournal, ansoegning: Ansoegning) -> None:
    if post.status == S.VENTER:
        words = f"Sagen sendes til journalen (sag {post.sagsnr})."
        write_step(post.bruger, ansoegning=ansoegning, art="journal-sendes", tekst=words)
    else:
        words = f"Sagen er journaliseret (sag {post.sagsnr})."
        write_step(post.bruger, ansoegning=ansoegning, art="journaliseret", tekst=words)


# --- by a worker, each minute ---------------------------------------------------------------------------------------
def file_cases() -> None:
    journal.work_off(Sagsjournal.objects.select_related("bruger"), _papers, _filed)


def _papers(post: Sagsjournal) -> Iterator[Paper]:
    """The applicant's files, and then the case: where that stands, all of it is there."""
    mine = steerable_ansoegninger(post.bruger).select_related(*RELATED)
    ansoegning = mine.filter(pk=post.ansoegning_id).first()
    if ansoegning is None:
        raise NotFiled("Den, der bad om det, kan ikke længere se sagen. En anden må journalisere den.")
    try:
        prints = []
        for nr, bilag in enumerate(attachments(ansoegning), start=1):
            prints.append(bilag.fil.sha256)
            yield _attached(post, ansoegning, nr, bilag)
        yield _case(post, ansoegning, prints)
    except Damaged as problem:
        raise NotFiled("Et af ansøgerens bilag kan ikke læses. Sig det til den, der driver systemet.") from problem
    except PdfUnavailable as problem:
        raise NotFiled("PDF'en kan ikke laves lige nu.") from problem


def _attached(post: Sagsjournal, ansoegning: Ansoegning, nr: int, bilag: Ansoegningsbilag) -> Paper:
    name = _name(ansoegning)
    own = {"dokument": f"{name}-bilag-{nr}", "art": "bilag", "titel": bilag.fil.navn, "hoerer_til": name}
    return Paper(_facts(post, ansoegning) | own | {"sha256": bilag.fil.sha256}, read(bilag.fil), bilag.fil.kind.ending)


def _case(post: Sagsjournal, ansoegning: Ansoegning, prints: list[str]) -> Paper:
    pdf = _akt(post, ansoegning)
    titel = f"Ansættelsessag, ansøger {ansoegning.nummer}, {ansoegning.runde}"
    own = {"dokument": _name(ansoegning), "art": "ansaettelsessag", "titel": titel, "bilag": prints}
    return Paper(_facts(post, ansoegning) | own | {"sha256": fingerprint(pdf)}, pdf)


def _akt(post: Sagsjournal, ansoegning: Ansoegning) -> bytes:
    """Made once: a PDF says when it was made, and after a crash the same one is to be written again."""
    if post.akt is None:
        post.tid = now()
        post.akt = sagsakt_pdf(get_sagsakt(post.bruger, ansoegning))
        Sagsjournal.objects.filter(pk=post.pk, forsoeg=post.forsoeg).update(akt=post.akt, tid=post.tid)
    return bytes(post.akt)


def _name(ansoegning: Ansoegning) -> str:
    return f"ansoegning-{ansoegning.pk}"


def _facts(post: Sagsjournal, ansoegning: Ansoegning) -> dict:
    return {
        "person": ansoegning.navn,
        "dato": timezone.localtime(post.tid).date().isoformat(),
        "sagsnr": post.sagsnr,
        "kle": post.kle,
        "bevares": post.bevares,
    }


def _filed(post: Sagsjournal) -> None:
    Sagsjournal.objects.filter(pk=post.pk).update(akt=None)
    words = f"Sagen er i journalen (sag {post.sagsnr})."
    write_step(post.bruger, ansoegning=post.ansoegning, art="journaliseret", tekst=words)
