"""Why a page that shows a person is opened, in words for that person. A new page about a person gets a line here."""

# The start of the page's url name -> the purpose; the first that fits counts.
PURPOSES = [
    ("evaluering", "Evaluering af dit forløb"),
    ("samling", "Forseglede evalueringer om dig, samlet i en fil"),
    ("dokument", "Forseglede evalueringer og erklæringer om dig"),
    ("elev_skole", "Skole og karakterer"),
    ("elev_evalueringer", "Evaluering af dit forløb"),
    ("elev_erklaeringer", "Oplæringserklæring til skolen"),
    ("elev_bog", "Din uddannelsesbog"),
    ("bog", "Din uddannelsesbog"),
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
    ("skole", "Skole og karakterer"),
    ("karakter", "Skole og karakterer"),
    ("fagvalg", "Skole og karakterer"),
    ("fagproeve", "Din fagprøve"),
    ("studietur", "Studietur"),
    ("aub", "Refusion af løn under skole"),
    ("indlaesning", "Skole og karakterer"),
    ("udlaeg", "Udlæg til skolen"),
    ("bilag", "Udlæg til skolen"),
    ("udbetaling", "Udlæg til skolen"),
    ("budget", "Budget for skolen"),
    ("soeg", "Søgning efter dig"),
    ("min_kalender", "Planlægning og opfølgning på dit forløb"),
]
OTHERWISE = "Administration af elevuddannelsen"


def purpose(opslag) -> str:
    return next((words for start, words in PURPOSES if opslag.side.startswith(start)), OTHERWISE)


# For the one who reads the log: the start of the page's url name -> the page. The longer stand above the shorter.
PAGES = [
    ("forside", "Forsiden"),
    ("elever_excel", "Elevlisten som Excel"),
    ("elever", "Elevlisten"),
    ("elev_skole", "Elevens skole og karakterer"),
    ("elev_evalueringer", "Elevens evalueringer"),
    ("elev_erklaeringer", "Elevens oplæringserklæringer"),
    ("elev_dokumenter", "Elevens evalueringer samlet i en fil"),
    ("elev_bog", "Elevens dokumenter"),
    ("elev_", "Ret elevens aftale"),
    ("elev", "Elevens side"),
    ("min_kalender_fil", "Læserens kalender, hentet af et andet program"),
    ("min_kalender", "Læserens kalender"),
    ("kalender", "Elevens kalender"),
    ("forloeb_pdf", "Elevens forløb som PDF"),
    ("forloeb_excel", "Elevens forløb som Excel"),
    ("fordeling_elev", "Begrundelsen for elevens fordeling"),
    ("fordeling_excel", "Fordelingen som Excel"),
    ("fordeling", "Fordeling af pladser"),
    ("hold_oensker_excel", "Ønskerne som Excel"),
    ("hold_oensker", "Holdets ønsker"),
    ("hold_binding", "Bindinger og hensyn"),
    ("hold", "Holdets side"),
    ("plan_pdf", "Holdets plan som PDF"),
    ("plan_excel", "Holdets plan som Excel"),
    ("plan_udgiv", "Udgivelse af planen"),
    ("plan_vejledere", "Elevvejledere i planen"),
    ("plan", "Holdets plan"),
    ("soeg", "Søgning"),
    ("brugere", "Brugerlisten"),
    ("bruger", "Brugerens side"),
    ("kurser", "Elevvejledere uden kursus"),
    ("udbakke", "Udbakken"),
    ("udlaeg_liste", "Listen over udlæg"),
    ("udlaeg", "Elevens udlæg"),
    ("bilag", "Kvittering til et udlæg"),
    ("udbetaling_excel", "Udbetaling som Excel"),
    ("udbetaling_csv", "Udbetaling som CSV"),
    ("udbetaling", "Udbetaling af udlæg"),
    ("budget", "Budget og forbrug"),
    ("opslag", "Loggen over opslag"),
    ("haendelser", "Historikken"),
    ("sletning", "Sletning af oplysninger"),
    ("runde_sletning", "Ansøgningsrundens sager, journal og sletning"),
    ("sagsmappe", "Ansøgningsrundens sager, samlet i en fil"),
    ("ansoegning_sag", "En ansøgers sag som fil"),
    ("ansoegning_behold", "Hvor længe en ansøgning gemmes"),
]


def page_name(opslag) -> str:
    return next((words for start, words in PAGES if opslag.side.startswith(start)), purpose(opslag))
