"""What can be wrong with a firm or its licenses, each under the code it travels by."""

from chassis.errors import Conflict, NotFound


class FirmNotFound(NotFound):
    """There is no such firm."""

    code = "firm_not_found"


class LicenseNotFree(Conflict):
    """The license is not in the state that the change starts from."""

    code = "license_not_free"
