"""What can be set for billing, in section [billing] or as CHAMBERS_BILLING_…."""

from chassis.config import Setting

KEYS = (
    Setting(
        "prices_file", "str", "", about="another price list; empty: the one that comes with it"
    ),
    Setting(
        "gateways",
        "str",
        "manual,sandbox",
        about="who takes money: manual, sandbox, or both",
        trial=r".*\bsandbox\b.*",
    ),
    Setting("transfer_to", "str", "", about="where money by hand goes, as buyers are told it"),
    Setting("charge_lease", "duration", "2m", about="how long one worker may wait for a provider"),
    Setting("sandbox_slow", "duration", "3s", about="how long the sandbox's slow method takes"),
)
