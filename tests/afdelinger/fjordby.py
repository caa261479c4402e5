"""The file of an invented municipality, small and without mistakes. Tests change one thing in it.

Tests name its lines: change it only together with them.
"""

GOOD = """\
afdelinger:
  - kode: jobcenter
    navn: Jobcentret
    kortnavn: Job
    art: grund
    fra: 2020-01-01
    farve: 1
    beskrivelse: Hjælper borgere i arbejde.
    underomraader: [Modtagelsen]
    pladser:
      - {fra: 2020-01-01, antal: 2}
    opgaver:
      - kode: jobcenter-01
        navn: Tage imod borgere
        underomraade: Modtagelsen
        maal: [KOM]
        jobkompetencer: [SER]
maalsaet:
  - kode: fjordby
    navn: Fjordbys mål
    kilde: Eget valg
    fra: 2020-01-01
    maal:
      - {kode: KOM, navn: Kommunikation}
      - {kode: ADM, navn: Administration, obligatorisk: nej}
jobkompetencer:
  - {kode: SER, navn: Service}
kurser:
  - {nummer: 49998, titel: Oplæring, euu_kode: AF, dage: 1}
uddannelsesmodeller:
  - kode: 3x8
    navn: Tre gange otte måneder
    trin:
      - {art: grund, maaneder: 8}
regler:
  - {noegle: skoleuger, navn: Skoleuger, vaerdi: 15, enhed: uger, kilde: Skolen, fra: 2020-01-01}
"""

SECOND_AFDELING = """\
  - kode: skole
    navn: Skoleafdelingen
    kortnavn: Skole
    art: speciale
    fra: 2020-01-01
    farve: 2
    beskrivelse: Arbejder for skolerne.
    opgaver:
      - {kode: skole-01, navn: Skrive breve}
"""


def changed(old, new):
    assert GOOD.count(old) == 1, f"{old!r} must stand in GOOD once"
    return GOOD.replace(old, new)
