"""What the operator says of money that has come."""

from marshmallow import fields

from chassis.schemas import Name, Request


class ConfirmManualPayment(Request):
    """``reference`` is that of the money received, such as of a bank transfer."""

    payment_id = fields.UUID(required=True)
    reference = Name(required=True)
