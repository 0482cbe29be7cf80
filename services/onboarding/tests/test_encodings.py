# ruff: noqa: RUF001 - signs that look alike are what this is about
# ruff: noqa: RUF001 - signs that look alike are what this is about
"""An encoding shows itself or is asked for; names are never spoilt in silence."""

import pytest

from onboarding.encodings import UnknownEncoding, decoded, example
from onboarding.western import oddity

WESTERN = """Jürgen Müller; Chloé Weiß; Søren Jensen; Hélène Lefèvre; Muñoz; María José Ibáñez
François d’Angelo; O’Neil; l’école; C’est aujourd’hui; it’s Ana’s; João Simões; São Paulo
Ångström Åsa Öberg; Kjær; Æbelø; Bjørn; Größe über 300 €, §5 – 10 °C; Zoë; Loïc; Anaïs; Aïcha
Nicolò è qui; Gärtner-Höß „Test“ …; Fußgängerüberweg; Määttä; Prüfung B2; García; Peña Núñez
Ordóñez; Cœur; sœur; Outlook™; m²; 1ª; nº 5; «Ana»; Meyer–Schmidt; ¿Qué tal?"""


@pytest.mark.parametrize("text", [*WESTERN.replace("\n", "; ").split("; "), WESTERN])
def test_western_texts_are_taken_for_what_they_are(text):
    assert oddity(text) is None


# One word is little to tell an encoding by, and yet each of these is.
OTHERS = {
    "mac_roman": (
        "Jürgen Chloé Weiß María Díaz Muñoz López Søren Ríos Österreich Äpfel Zoë François Hélène"
        " Núñez"
    ),
    "cp1251": "Иван Петров Ян Людмила",
    "cp1250": (
        "Łukasz Wąsik Żaneta Paweł Kamiński Wałęsa Zięba Dębski Dvořák Jiří Černý Kovačić Petrović"
        " Němec Erdős Szűcs Żółć Gęś"
    ),
    "iso8859_2": "Łukasz Wąsik Paweł Ślusarz",
    "cp1253": "Γιώργος",
    "cp1254": "Yıldırım Şahin Erdoğan",
    "cp1257": "Šimkus Žukauskaitė Kalniņš",
    "cp850": "Müller Weiß Schröder Jäger",
    "shift_jis": "山田太郎",
    "gb2312": "王小明",
}


@pytest.mark.proves("F123")
@pytest.mark.parametrize(
    ("encoding", "name"), [(one, name) for one, names in OTHERS.items() for name in names.split()]
)
def test_one_name_in_another_encoding_is_enough_to_ask(encoding, name):
    with pytest.raises(UnknownEncoding, match="--encoding NAME"):
        decoded(f"Name\n{name}\n".encode(encoding))
    assert decoded(f"Name\n{name}\n".encode(encoding), encoding)[0] == f"Name\n{name}\n"


@pytest.mark.proves("F123")
def test_who_is_asked_sees_the_word_and_its_line():
    with pytest.raises(UnknownEncoding, match='in Windows-1252 line 3 would read "JŸrgen"'):
        decoded("Name,Email\r\nAna,\r\nJürgen Weiß,\r\n".encode("mac_roman"))


def test_what_is_said_is_believed_and_what_does_not_fit_is_said():
    assert decoded("Šárka".encode("cp1252"), "cp1252") == ("Šárka", "cp1252")
    with pytest.raises(UnknownEncoding, match="it is not in cp1250"):
        decoded(b"\x81", "cp1250")


def test_a_word_shows_whether_the_encoding_was_right():
    assert example("Name,Email\nAda,x\nJürgen O’Neil,y\n") == "Jürgen"
    assert example("Ada") == ""
