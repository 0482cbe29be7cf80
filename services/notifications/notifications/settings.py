"""What an operator can set about mail and the bell."""

from chassis.config import Key

KEYS = (
    Key(
        "mail_transport",
        "str",
        "file",
        choices=("file", "smtp"),
        trial="file",
        about="file: each mail becomes a file in mail_directory; smtp: it is sent",
    ),
    Key("mail_directory", "path", "{data_dir}/mail", about="where the file transport puts mails"),
    Key(
        "mail_from",
        "str",
        "Chambers <no-reply@chambers.invalid>",
        about="the sender of every mail: a name and an address of yours",
        trial=r".*\.invalid>?",
    ),
    Key("mail_parallel", "int", 16, about="mails sent at the same time"),
    Key("mail_lease", "duration", "3m", about="after it a mail whose sender died is sent again"),
    Key("bell_kept", "duration", "365d", about="how long a client's changes stand in the bell"),
    Key("smtp_host", "str", "localhost", about="the server that takes our mail"),
    Key("smtp_port", "int", 587, about="587 with starttls, 465 with tls, 25 with none"),
    Key(
        "smtp_security",
        "str",
        "starttls",
        choices=("starttls", "tls", "none"),
        about="none sends mails and the password in the clear: for a server on this machine",
    ),
    Key("smtp_ca_file", "str", "", about="certificates that are trusted; empty: the system's"),
    Key("smtp_login", "str", "", about="empty: the server asks for none"),
    Key("smtp_password", "str", "", secret=True, goes_with="smtp_login", about="see smtp_login"),
    Key("smtp_timeout", "duration", "15s", about="for each step of the conversation"),
)
