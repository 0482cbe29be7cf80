"""What a firm can lack, under the code it travels by."""

from chassis.errors import Conflict


class LicensesMissing(Conflict):
    """``details`` says how many are ``missing``, ``needed`` and ``unused``."""

    code = "licenses_missing"
