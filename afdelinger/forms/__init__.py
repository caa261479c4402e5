"""The shape of what people type. Labels, lengths and choices come from the models; the rules stay in the services."""

from .afdelinger import (
    AfdelingForm,
    DelopholdForm,
    ItSystemForm,
    LukAfdelingForm,
    NyAfdelingForm,
    OpgaveForm,
    PladserForm,
    TeksterForm,
    UnderomraadeForm,
)
from .brugere import (
    AdgangskodeForm,
    BrugereFilterForm,
    BrugerForm,
    NyBrugerForm,
    NyInvitationForm,
    ProfilForm,
    RolleForm,
    RolleperiodeForm,
)
from .stamdata import KurserFilterForm, KursusForm, MaalsaetForm, RegelForm

__all__ = [
    "AdgangskodeForm",
    "AfdelingForm",
    "BrugerForm",
    "BrugereFilterForm",
    "DelopholdForm",
    "ItSystemForm",
    "KurserFilterForm",
    "KursusForm",
    "LukAfdelingForm",
    "MaalsaetForm",
    "NyAfdelingForm",
    "NyBrugerForm",
    "NyInvitationForm",
    "OpgaveForm",
    "PladserForm",
    "ProfilForm",
    "RegelForm",
    "RolleForm",
    "RolleperiodeForm",
    "TeksterForm",
    "UnderomraadeForm",
]
