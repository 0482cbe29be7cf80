"""What can be set for identity, under [identity]."""

from chassis.config import Setting

KEYS = (
    Setting("argon2_memory_kib", int, 19_456, about="memory of one password hash"),
    Setting("argon2_time_cost", int, 2, about="passes over that memory"),
    Setting("hash_threads", int, 1, about="passwords hashed at once: a core and that memory each"),
    Setting("hash_wait", "duration", "5s", about="how long a login may wait for its turn to hash"),
    Setting("max_workers", int, 25, about="messages handled at the same time; most wait to hash"),
    Setting("access_token_lifetime", "duration", "10m", about="how long ended access may go on"),
    Setting("refresh_token_lifetime", "duration", "14d", about="how long a login lasts unused"),
    Setting("session_lifetime", "duration", "90d", about="how long a login lasts at most"),
    Setting("device_lifetime", "duration", "180d", about="how long an unused device stays known"),
    Setting("verification_link_lifetime", "duration", "3d"),
    Setting("reset_link_lifetime", "duration", "1h"),
    Setting(
        "email_change_lifetime", "duration", "1d", about="how long a new address may be confirmed"
    ),
    Setting(
        "reset_request_lifetime", "duration", "1d", about="how late a reset mail may still leave"
    ),
)
