"""The pages of wishes ask as many questions for few elever and departments as for many."""

from datetime import timedelta

import pytest
from django.conf import settings

from afdelinger.models import Rolletildeling
from elevforloeb.core.dates import now, today
from elevforloeb.models import Elev, Hold, Oenske, Oenskerunde, Oenskeseddel, Udbud, Udbudssvar
from elevforloeb.queries.oensker.runde import default_afdelinger
from tests.bench import world
from tests.bench.inside import count_page

# statements of the whole request; what each wing of the house has for the elev is one more on her front page
HOLD, OPEN, UDBUD, ELEV, FRONT_OF_ELEV = 12, 6, 7, 11, 12


def make_round(hold: Hold, answers: int) -> Oenskerunde:
    """Every elev of the hold wishes all that is offered; written straight into the tables."""
    day = today()
    runde = Oenskerunde.objects.create(
        hold=hold, navn="Prøve", foerste_trin=4, sidste_trin=5, udbud_fra=day, udbudsfrist=day, oenske_fra=day,
        oenskefrist=day + timedelta(days=9), oprettet_af=Rolletildeling.objects.get(rolle="elevansvarlig").bruger,
    )  # fmt: skip
    svar = Udbudssvar.objects.bulk_create(
        Udbudssvar(runde=runde, afdeling=each, svar="tilbyder", besvaret=now(), besvaret_af=runde.oprettet_af)
        for each in default_afdelinger(runde)[:answers]
    )
    Udbud.objects.bulk_create(Udbud(svar=each, trin=trin, maksimum=2) for each in svar for trin in runde.trin)
    sedler = Oenskeseddel.objects.bulk_create(
        Oenskeseddel(runde=runde, elev=elev, status="indsendt", indsendt=now()) for elev in hold.elever.all()
    )
    Oenske.objects.bulk_create(
        Oenske(seddel=seddel, rang=nr, afdeling=each.afdeling)
        for seddel in sedler
        for nr, each in enumerate(svar, start=1)
    )
    return runde


@pytest.mark.parametrize(("elever", "hold", "answers"), [(3, 3, 2), (300, 20, 20)])
def test_pages_of_wishes_take_the_same_statements_for_few_and_for_many(client, db, elever, hold, answers):
    made = world.make_world(elever, hold)
    runde = make_round(Hold.objects.get(pk=made["hold60"]), answers)
    svar = runde.udbudssvar.first()
    people = {
        "elevansvarlig": runde.oprettet_af,
        "leder": Rolletildeling.objects.get(rolle="leder", afdeling=svar.afdeling).bruger,
        "elev": Elev.objects.filter(hold=runde.hold).first().bruger,
    }
    budgets = {
        ("elevansvarlig", f"/hold/{runde.hold_id}/oensker/"): HOLD,
        ("elevansvarlig", f"/hold/{runde.hold_id}/oensker/aabn/"): OPEN,
        ("leder", f"/udbud/{svar.pk}/"): UDBUD,
        ("elev", "/oensker/"): ELEV,
        ("elev", "/"): FRONT_OF_ELEV,
    }
    sessions = {who: made["session"] if who == "elevansvarlig" else world.log_in(user) for who, user in people.items()}
    found = {}
    for who, url in budgets:
        client.cookies[settings.SESSION_COOKIE_NAME] = sessions[who]
        found[who, url] = count_page(client, url)["statements"]
    assert found == budgets
