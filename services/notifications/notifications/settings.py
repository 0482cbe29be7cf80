"""What an operator can set about mail and the bell."""

from chassis.config import Setting

KEYS = (
    Setting(
        "mail_transport",
        "str",
        "file",
        choices=("file", "smtp"),
        trial="file",
        about="file: each mail becomes a file in mail_directory; smtp: it is sent",
    ),
    Setting(
        "mail_directory", "path", "{data_dir}/mail", about="where the file transport puts mails"
    ),
    Setting(
        "mail_from",
        "str",
        "Chambers <no-reply@chambers.invalid>",
        about="the sender of every mail: a name and an address of yours",
        trial=r".*\.invalid>?",
    ),
    Setting("mail_parallel", "int", 16, about="mails sent at the same time"),
    Setting(
        "mail_lease", "duration", "3m", about="after it a mail whose sender died is sent again"
    ),
    Setting("bell_kept", "duration", "365d", about="how long a client's changes stand in the bell"),
    Setting("smtp_host", "str", "localhost", about="the server that takes our mail"),
    Setting("smtp_port", "int", 587, about="587 with starttls, 465 with tls, 25 with none"),
    Setting(
        "smtp_security",
        "str",
        "starttls",
        choices=("starttls", "tls", "none"),
        about="none sends mails and the password in the clear: for a server on this machine",
    ),
    Setting("smtp_ca_file", "str", "", about="certificates that are trusted; empty: the system's"),
    Setting("smtp_login", "str", "", about="empty: the server asks for none"),
    Setting(
        "smtp_password", "str", "", secret=True, goes_with="smtp_login", about="see smtp_login"
    ),
    Setting("smtp_timeout", "duration", "15s", about="for each step of the conversation"),
)
