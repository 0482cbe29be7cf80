"""Tell what stands once it is known whose an account is (docs/decisions/0029)."""

from dataclasses import dataclass

from identity.accounts.account import Details


@dataclass(frozen=True)
class Standing:
    """What is to become of the account: kept as it is (`details` None), or begun anew."""

    email: str
    password_hash: str
    details: Details | None = None
    verified_hash: str | None = None  # the account's own, if the password was compared with it
    renamed: Details | None = None  # the account's own holder has said these last
