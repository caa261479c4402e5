"""What the cellar may know about signed declarations: how one is printed, and where its row differs from its text."""

from elevforloeb.core import prints, seal
from elevforloeb.core.models import Dokument

from .erklaering_pdf import erklaering_pdf
from .models import Oplaeringserklaering
from .services.erklaering import KIND, TEXTS


def differences(dokument: Dokument, text: dict) -> list[str]:
    row = Oplaeringserklaering.objects.filter(dokument=dokument).first()
    if row is None:
        return ["Erklæringen, som teksten er om, er væk."]
    return [
        f"“{row._meta.get_field(name).verbose_name}” er ikke, som det blev forseglet."
        for name in (*TEXTS, "elev_bemaerkning")
        if seal.canonical({"": getattr(row, name)}) != seal.canonical({"": text[name]})
    ]


prints.PRINTERS[KIND] = erklaering_pdf
seal.CHECKS[KIND] = differences
