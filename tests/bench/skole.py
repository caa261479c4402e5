"""A list from the school: 5,000 grades read and judged for the preview, then saved. Nothing of it is kept."""

import resource
import time

ROWS, SUBJECTS = 5000, 5


def a_list_of_grades() -> dict:
    from django.db import transaction

    from afdelinger.models import Bruger
    from elevforloeb.core.files.examine import CheckedFile
    from elevforloeb.core.files.kinds import CSV
    from elevforloeb.models import Elev
    from skoleophold.models import Karakter
    from skoleophold.services.indlaesning import confirm, read_file
    from tests.skole_steps import make_fag

    with transaction.atomic():
        actor = Bruger.objects.order_by("pk").first()
        codes = [make_fag(f"F{nr}", f"Fag {nr}").kode for nr in range(SUBJECTS)]
        mails = Elev.objects.order_by("pk").values_list("bruger__email", flat=True)[: ROWS // SUBJECTS]
        lines = [f"{mail};{code};slut;7" for mail in mails for code in codes]
        data = "\n".join(["e-mail;fag;skoleophold;karakter", *lines]).encode()
        memory, start = _peak_mb(), time.perf_counter()
        found = read_file(actor, art="karakterer", fil=CheckedFile("karakterer.csv", CSV, data, "ren"))
        shown = time.perf_counter() - start
        confirm(actor, indlaesning=found)
        saved = time.perf_counter() - start - shown
        if Karakter.objects.count() != ROWS:
            raise RuntimeError("Not five thousand grades")
        transaction.set_rollback(True)
    return {"shown": shown, "saved": saved, "mb": _peak_mb() - memory}


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
