"""Why there is no receipt."""

from chassis.errors import NotFound


class ReceiptNotFound(NotFound):
    """There is no such receipt in the caller's firm."""

    code = "receipt_not_found"
