"""Why a page that shows a person is opened, in words for that person. A new page about a person gets a line here."""

# The start of the page's url name -> the purpose; the first that fits counts.
PURPOSES = [
    ("evaluering", "Evaluering af dit forløb"),
    ("samling", "Forseglede evalueringer om dig, samlet i en fil"),
    ("dokument", "Forseglede evalueringer og erklæringer om dig"),
    ("elev_skole", "Skole og karakterer"),
    ("elev", "Planlægning og opfølgning på dit forløb"),
    ("forloeb", "Planlægning og opfølgning på dit forløb"),
    ("fordeling", "Fordeling af pladser efter ønsker"),
    ("hold_oensker", "Fordeling af pladser efter ønsker"),
    ("hold_binding", "Fordeling af pladser efter ønsker"),
    ("hold", "Planlægning af holdet"),
    ("plan", "Planlægning af holdet"),
    ("afdeling", "Overblik over afdelingens elever og vejledere"),
    ("bruger", "Administration af konti og roller"),
    ("sletning", "Sletning af oplysninger, når tiden er gået"),
    ("erklaering", "Oplæringserklæring til skolen"),
    ("udvikling", "Opfølgning på din udvikling"),
    ("dialognote", "Opfølgning på din udvikling"),
    ("maalmatrix", "Opfølgning på dine mål"),
    ("skole", "Skole og karakterer"),
    ("karakter", "Skole og karakterer"),
    ("fagvalg", "Skole og karakterer"),
    ("indlaesning", "Skole og karakterer"),
    ("soeg", "Søgning efter dig"),
]
OTHERWISE = "Administration af elevuddannelsen"


def purpose(opslag) -> str:
    return next((words for start, words in PURPOSES if opslag.side.startswith(start)), OTHERWISE)
