"""Why a file is not taken, in words that say what to do. No Django: the process apart uses it too."""

WORDS = {
    "tom": "Filen er tom. Vælg den rigtige fil",
    "for_stor": "Filens størrelse skal være under {mb} MB",
    "forkert_type": "Filen skal være af typen {typer}",
    "heic": "Billedet er i formatet HEIC. Gem det som JPG, og vælg det igen",
    "gammel_office": (
        "Filen er i et gammelt Office-format eller låst med en adgangskode. "
        "Gem den i det nye format (fx .docx) uden adgangskode, og vælg den igen"
    ),
    "program": "Filen er et program eller en genvej. Vælg en fil af typen {typer}",
    "arkiv": "Filen er pakket (fx zip). Pak den ud, og vælg den fil, der er i den",
    "webside": "Filen er en webside. Gem den som PDF, og vælg den igen",
    "ulaeselig": "Filen er beskadiget og kan ikke læses. Gem den igen, og prøv én gang til",
    "laast": "Filen er låst eller krypteret. Gem en udgave uden adgangskode, og vælg den igen",
    "makro": "Filen indeholder makroer. Gem den uden makroer (fx som .docx eller .xlsx), og vælg den igen",
    "objekt": "Filen indeholder et indlejret objekt. Gem filen som PDF, eller slet objektet, og vælg den igen",
    "henter": "Filen henter indhold andre steder fra. Slet de eksterne links, eller gem den som PDF",
    "script": "Filen indeholder kode, der kører, når den åbnes. Udskriv den til en ny PDF, og vælg den",
    "vedhaeftet": "PDF-filen har andre filer vedhæftet. Udskriv den til en ny PDF, og vælg den",
    "to_i_en": "Filen indeholder mere end det, den giver sig ud for. Gem den igen, og vælg den nye",
    "bombe": "Filen fylder for meget, når den pakkes ud. Gem den igen med mindre billeder, eller del den",
    "for_tung": "Filen er for tung at læse. Gem den igen i en enklere udgave, eller del den",
    "for_mange_pixel": "Billedet er for stort. Gem det i en mindre størrelse, og vælg det igen",
    "ukendte_tegn": "Filen er ikke ren tekst. Gem den som tekst (UTF-8), og vælg den igen",
    "virus": "Filen indeholder virus og er ikke gemt. Giv it-afdelingen besked",
    "dagsloft": "Du har lagt så mange filer op i dag, som du kan. Prøv igen i morgen",
    "ingen_plads": "Der er ikke plads til filen på serveren lige nu. Den er ikke gemt. Prøv igen senere",
}


class Refused(Exception):
    """The file is not taken. `code` is a key of WORDS."""

    def __init__(self, code: str, **facts):
        super().__init__(code)
        self.code, self.facts = code, facts

    def words(self, **more) -> str:
        return WORDS[self.code].format(**(more | self.facts))
