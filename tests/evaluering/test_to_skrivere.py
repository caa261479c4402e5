"""Two who write at once: no text that a save took is lost, and none that it refused goes unsaid.

A window holds what is typed in it and the version of each answer that it has been shown. Saves are sent by themselves,
arrive in any order, and the answer to one may get lost on the way.
"""

from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from evaluering.models import Evaluering, Svar
from evaluering.models.skema import Part
from evaluering.services import svar as services
from evaluering.services.svar import Answer, Saved, save_answers
from tests.evaluering_steps import begun, opened

HISTORIES = 200
STEPS = ["skriv"] * 4 + ["ankom"] * 4 + ["ankom_uden_svar", "genindlaes", "behold_mit", "tag_deres"]
steps = st.tuples(st.sampled_from(STEPS), st.integers(0, 1), st.integers(0, 3))
histories = st.lists(steps, min_size=12, max_size=24)


@dataclass
class Window:
    person: object
    part: str
    typed: dict[int, str] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)  # versions that it was shown
    on_the_way: list[list[Answer]] = field(default_factory=list)
    told: dict[int, Svar] = field(default_factory=dict)  # conflicts on the screen


@dataclass
class World:
    """The windows, and the book of what the saves have promised."""

    evaluering: Evaluering
    windows: list[Window]
    punkter: list[int]
    stands: dict[int, tuple[int, str]] = field(default_factory=dict)  # what the last accepted save said
    lost: int = 0  # characters
    typed: int = 0
    conflicts: int = 0
    accepted: int = 0

    def step(self, what: str, who: int, which: int) -> None:
        getattr(self, f"_{what}")(self.windows[who], which)

    def _skriv(self, window: Window, which: int) -> None:
        self.typed += 1
        """And after a moment the window sends what stands in it."""
        window.typed[self.punkter[which % len(self.punkter)]] = f"Tekst {self.typed}"
        window.on_the_way.append([Answer(p, None, t, window.seen.get(p, 0)) for p, t in window.typed.items()])

    def _ankom(self, window: Window, which: int) -> None:
        if saved := self._save(window, which):
            for punkt, version in saved.versions.items():
                window.seen[punkt] = max(version, window.seen.get(punkt, 0))
            window.told |= {conflict.punkt: conflict.theirs for conflict in saved.conflicts}

    def _ankom_uden_svar(self, window: Window, which: int) -> None:
        self._save(window, which)

    def _genindlaes(self, window: Window, which: int) -> None:
        rows = Svar.objects.filter(besvarelse__evaluering=self.evaluering, besvarelse__part=window.part)
        window.seen = dict(rows.values_list("punkt", "version"))
        window.typed, window.told = {}, {}

    def _behold_mit(self, window: Window, which: int) -> None:
        """She has read the other text, and her own shall stand."""
        window.seen |= {punkt: theirs.version for punkt, theirs in window.told.items()}
        window.told = {}

    def _tag_deres(self, window: Window, which: int) -> None:
        window.seen |= {punkt: theirs.version for punkt, theirs in window.told.items()}
        for punkt in window.told:
            window.typed.pop(punkt, None)
        window.told = {}

    def _save(self, window: Window, which: int) -> Saved | None:
        if not window.on_the_way:
            return None
        sent = window.on_the_way.pop(which % len(window.on_the_way))
        saved = save_answers(window.person, evaluering=self.evaluering, part=window.part, answers=sent)
        refused = {conflict.punkt: conflict.theirs.tekst for conflict in saved.conflicts}
        for answer in sent:
            version, text = self.stands.get(answer.punkt, (0, ""))
            if answer.punkt in refused:
                self.conflicts += 1
                assert refused[answer.punkt] == text, "a conflict shows what stands there"
                continue
            self.accepted += 1
            if answer.tekst != text:
                # Only who was shown what stands there may put something in its place.
                self.lost += len(text) if answer.version != version else 0
                self.stands[answer.punkt] = (saved.versions[answer.punkt], answer.tekst)
        assert refused.keys() | saved.versions.keys() == {answer.punkt for answer in sent}, "each is told"
        self.check()
        return saved

    def check(self) -> None:
        """After every save: the other steps write nothing."""
        rows = Svar.objects.filter(besvarelse__evaluering=self.evaluering, besvarelse__part=self.windows[0].part)
        there = {punkt: (version, tekst) for punkt, version, tekst in rows.values_list("punkt", "version", "tekst")}
        assert there == self.stands, "what the last accepted save said is what stands there"
        assert self.lost == 0, f"{self.lost} characters lost"


def world_of_draft(cast) -> World:
    """The same elevvejleder, in two windows."""
    evaluering = begun(cast)
    punkter = [evaluering.punkter.get(tekst=tekst).pk for tekst in ("Initiativ", "Hvad er gået godt?")]
    return World(evaluering, [Window(cast.vejleder, Part.ELEVVEJLEDER) for _ in range(2)], punkter)


def world_of_talk(cast) -> World:
    """Elev and elevvejleder, each at a screen, in the joint part."""
    evaluering = opened(cast)
    punkter = [evaluering.punkter.get(tekst=tekst).pk for tekst in ("Fælles konklusion", "Hvad er gået godt?")]
    windows = [Window(person, Part.FAELLES) for person in (cast.aase.bruger, cast.vejleder)]
    return World(evaluering, windows, punkter)


def play(world: World, history) -> World:
    fresh = World(world.evaluering, [Window(each.person, each.part) for each in world.windows], world.punkter)
    with transaction.atomic():
        for step in history:
            fresh.step(*step)
        transaction.set_rollback(True)
    return fresh


def play_many(world: World, count: int) -> World:
    total = World(world.evaluering, [], [])

    # No shrinking: of the sabotaged ones any history will do.
    @settings(
        max_examples=count,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
        phases=[Phase.generate],
    )
    @given(histories)
    def many(history):
        played = play(world, history)
        total.conflicts += played.conflicts
        total.accepted += played.accepted

    many()
    return total


@pytest.mark.parametrize("make_world", [world_of_draft, world_of_talk])
def test_in_two_hundred_histories_no_character_is_lost(cast, make_world):
    total = play_many(make_world(cast), HISTORIES)
    assert total.accepted > HISTORIES and total.conflicts > HISTORIES / 4, "the histories are too tame"


@pytest.mark.parametrize("make_world", [world_of_draft, world_of_talk])
def test_without_the_version_check_characters_are_lost(cast, make_world, monkeypatch):
    """The sabotage twin: the histories above do find what the check is there for."""
    monkeypatch.setattr(services, "is_current", lambda row, answer: True)
    with pytest.raises(AssertionError, match="characters lost"):
        play_many(make_world(cast), HISTORIES)


def test_a_check_that_lets_the_newest_number_win_is_not_enough(cast, monkeypatch):
    """A window that was shown less than what stands there is stale, however its number compares."""
    monkeypatch.setattr(services, "is_current", lambda row, answer: answer.version <= row.version)
    with pytest.raises(AssertionError, match="characters lost"):
        play_many(world_of_draft(cast), HISTORIES)


def test_an_older_autosave_that_arrives_last_changes_nothing(cast):
    world = world_of_draft(cast)
    window, punkt = world.windows[0], world.punkter[0]
    for text in ("Hel", "Hele sætningen"):
        window.typed[punkt] = text
        window.on_the_way.append([Answer(punkt, None, text, 0)])
    world.step("ankom", 0, 1)
    world.step("ankom", 0, 0)
    assert world.stands[punkt][1] == "Hele sætningen"
    assert window.told[punkt].tekst == "Hele sætningen"
    world.check()
