"""What is wrong with a field, in words: services say it in sentences of their schemas and rules."""

from collections.abc import Mapping

from gateway.sentences import Sentences
from gateway.words import N_, Text

FILL_IN = N_("Please fill this in.")
CHOOSE = N_("Please choose one.")
NOT_READ = N_("This cannot be read. Please check it.")
TO_NUMBER = N_("Please enter a number from %(least)s to %(most)s.")

# Of any field; the narrower sentence before the wider.
_OF_SCHEMAS: Mapping[str, str] = {
    "Missing data for required field.": FILL_IN,
    "Field may not be null.": FILL_IN,
    "Must not be blank.": FILL_IN,
    "Needed.": FILL_IN,
    "Length must be between 0 and %(most)s.": N_("Please use at most %(most)s characters."),
    "Length must be between %(least)s and %(most)s.": N_(
        "Please enter %(least)s to %(most)s characters."
    ),
    "Longer than maximum length %(most)s.": N_("This is too long: at most %(most)s."),
    "Shorter than minimum length %(least)s.": N_("This is too short: at least %(least)s."),
    "Has too many items.": N_("These are too many."),
    "Must be greater than or equal to %(least)s and less than or equal to %(most)s.": TO_NUMBER,
    "Must be greater than or equal to %(least)s.": N_("Please enter at least %(least)s."),
    "Must be less than or equal to %(most)s.": N_("Please enter at most %(most)s."),
    "Number too large.": N_("This number is too large."),
    "Not a valid integer.": N_("Please enter a whole number."),
    "Not a valid date.": N_("This is not a date."),
    "Must be one of: %(choices)s.": CHOOSE,
    "Choose one of: %(choices)s.": N_("Please choose one of: %(choices)s."),
    "Not a valid UUID.": CHOOSE,
    "Invalid input.": CHOOSE,
    "Invalid value.": NOT_READ,
    "Not a valid string.": NOT_READ,
    "String does not match expected pattern.": NOT_READ,
    "Has characters that cannot be shown.": N_(
        "There are characters in it that cannot be shown. Please take them out."
    ),
    "Must stand on one line.": N_("Please write it on one line."),
    "Must not hold a web or e-mail address.": N_(
        "Please write it without a web or e-mail address."
    ),
}
_OF_ADDRESSES: Mapping[str, str] = {
    "Not a valid email address.": N_("This is not an e-mail address."),
    "Has signs that cannot be seen.": N_(
        "There are signs in this address that cannot be seen. Please type it anew."
    ),
    "Mail cannot reach it: before the @ only a to z, digits and signs can stand.": N_(
        "Mail cannot reach it: before the @ only a to z, digits and signs can stand."
    ),
    "Mail cannot reach it: what follows the @ is no domain.": N_(
        "Mail cannot reach it: what follows the @ is no domain."
    ),
    "Mail cannot reach it: it is too long.": N_("Mail cannot reach it: it is too long."),
    "This is your address already.": N_("This is your address already."),
}
_OF_ACCOUNTS: Mapping[str, str] = {
    "Use at least %(least)s characters.": N_("Use at least %(least)s characters."),
    "Use at most %(most)s characters.": N_("Use at most %(most)s characters."),
    "This password is one of the first that are tried.": N_(
        "This password is one of the first that are tried."
    ),
    "Do not use your e-mail address.": N_("Do not use your e-mail address."),
    "Say a name or a phone number.": FILL_IN,
    "Say it anew: somebody else may have registered this address.": N_(
        "Say it anew: somebody else may have registered this address."
    ),
    "Say the password you registered with, or choose a new one.": N_(
        "Say the password you registered with, or choose a new one."
    ),
}
_OF_FIRMS: Mapping[str, str] = {
    "Stands in this request twice.": N_("This address stands here twice."),
    "Is a member already.": N_("Is a member already."),
    "Is invited already.": N_("Is invited already."),
    "This plan is not for sale.": N_("This plan cannot be bought."),
    "Must be three capital letters, such as USD.": N_("Three letters: EUR, GBP, USD …"),
}
_OF_CLIENTS: Mapping[str, str] = {
    "A client needs a name: given, family or display name.": N_(
        "A client needs a name: given name, family name, or what they are shown as."
    ),
    "Not a whole phone number.": N_("This is not a whole phone number."),
    "Must not be in the future.": N_("This day is still to come."),
    "Must not be before %(year)s.": N_("This is before %(year)s."),
    "This client is named before.": N_("This client is chosen twice."),
    "Not a currency: USD, EUR, …": N_("Three letters: EUR, GBP, USD …"),
    "Not a wall-clock time: %(example)s.": N_("Please write the time like this: %(example)s."),
    "Not a time: %(example)s.": N_("Please write the time like this: %(example)s."),
    "Not a time zone: %(examples)s": N_("Please write the time zone like this: %(examples)s"),
    "Needed with a time.": N_("Please say in which time zone the time is."),
    "Needed with an end.": N_("Please say when it begins."),
    "%(zone)s has another offset then: %(choice)s.": N_(
        "%(zone)s has another offset then: %(choice)s."
    ),
    "There is no such time in %(zone)s: the clocks go forward and leave out %(from)s to %(to)s."
    " The next time is %(next)s.": N_(
        "There is no such time in %(zone)s: the clocks go forward and leave out %(from)s to"
        " %(to)s. The next time is %(next)s."
    ),
    "Must not be before the start.": N_("It cannot end before it begins."),
    "Must not be before the start. The clocks go back over this time, so that it comes twice:"
    " write which one you mean, with its offset, such as %(example)s.": N_(
        "It cannot end before it begins. The clocks go back over this time, so that it comes"
        " twice: write which one you mean, with its offset, such as %(example)s."
    ),
}
_SENTENCES = Sentences({**_OF_SCHEMAS, **_OF_ADDRESSES, **_OF_ACCOUNTS, **_OF_FIRMS, **_OF_CLIENTS})


def of_field(said: str, text: Text) -> str:
    """Return what is wrong with one field, in the reader's language where it is known."""
    return _SENTENCES.in_words(said, text)
