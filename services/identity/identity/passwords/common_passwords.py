"""The passwords that lists of leaked ones have at their top, as far as they are long enough."""

_STEMS = """
    password passwort passw0rd p@ssw0rd pa$$word passwordpassword passwords mypassword thepassword
    newpassword changeme changemenow changepassword letmein letmeinnow welcome welcomeback
    administrator administrador admin adminadmin root rootroot superuser sysadmin
    qwerty qwertz azerty qwertyqwerty qwertyui qwertyuio qwertyuiop qwertyuiopasdf qwertzuiop
    asdf asdfgh asdfghjk asdfghjkl asdfasdf asdfasdfasdf zxcvbn zxcvbnm zxcvbnmasdf
    abc abcd abcde abcdef abcdefg abcdefgh abcabc abcabcabc abcdabcd aaa aaaa test testtest
    testing testpassword temp temppassword temporary default guest secret topsecret master
    iloveyou iloveyouu iloveyousomuch loveyou iloveu ihateyou forever foreverlove love lovely
    sunshine princess dragon monkey football baseball basketball superman batman spiderman
    pokemon starwars michael jennifer jessica jordan ashley daniel thomas charlie hunter killer
    shadow trustno liverpool chelsea arsenal manchester barcelona juventus realmadrid
    computer internet samsung google facebook linkedin yahoo microsoft whatever nothing
    summer winter spring autumn january february monday friday sommer hallo hallohallo schatz
    motdepasse contrasena contraseña senha wachtwoord chambers chamberschambers lawyer attorney
    correcthorsebatterystaple
"""
_WHOLE = """
    1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc
    q1w2e3r4t5y6 q1w2e3r4t5y6u7 qazwsxedcrfv qazwsxedcrfvtgb qweasdzxc123 qwe123asd456
    123qweasdzxc 123qwe123qwe qwe123qwe123 abc123abc123 a1b2c3d4e5f6 a1b2c3d4e5f6g7 abcd1234abcd
    1a2b3c4d5e6f 1234qwerasdf qwer1234asdf asdf1234qwer zaq12wsxcde3 zaq1xsw2cde3 147258369147
    123456123456 123123123123 112233445566 121212121212 102030405060 789456123789 987654321987
    147258369258 159753159753 123654789012 111222333444 010203040506 1029384756qp
"""
# Refused with any figures and signs before or after: password2024!, 123qwerty456.
COMMON_STEMS = frozenset(_STEMS.split())
# Refused as they stand.
COMMON_WHOLE = frozenset(_WHOLE.split())
# Refused any stretch of: 123456789012, qwertyuiopas ...
KEYBOARD_RUNS = (
    "1234567890",
    "0987654321",
    "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertyuiop1234567890",
    "1234567890qwertyuiop",
    "poiuytrewqlkjhgfdsamnbvcxz",
    "qwertzuiopasdfghjklyxcvbnm",
)
