"""Every message billing answers: the file to open first."""

from datetime import timedelta

from billing import (
    accounting,
    collecting,
    covering,
    founding,
    ordering,
    payer_replies,
    replies,
    schemas,
    settings,
    settling,
    storage,
    viewing,
)
from billing.buyers import (
    ask_if_no_buyer,
    ask_if_no_member,
    buyer,
    member,
    vouched_buyer,
)
from billing.domain.ledger import balance
from billing.entrypoints.features import Features
from billing.entrypoints.papers import Papers
from billing.entrypoints.previews import Previews
from billing.entrypoints.statements import Statements
from billing.gateway.offered import Gateways
from billing.prices import Prices
from chassis.auth import PEOPLE, PROFESSIONALS, services
from chassis.config import Settings
from chassis.database import Database
from chassis.messages import command, job, on_event, query
from chassis.missing import answers_for_events
from chassis.remote import Remote

OPERATOR = services("operator")  # whoever runs Chambers and sees the bank account


@answers_for_events
class BillingService(Features, Papers, Previews, Statements):
    """Owns subscriptions, orders, payments, receipts and the ledger. README.md has the map."""

    name = "billing"

    db = Database(storage.metadata, firm_of=storage.firm_of)
    settings = Settings(*settings.KEYS)
    prices = Prices()
    gateways = Gateways()
    groups = Remote("groups")
    identity = Remote("identity")

    # Plans and the firm's subscription

    @query(schemas.Nothing, reply=replies.Plans, callers=PEOPLE)
    def list_plans(self, tx, request):
        """The price list: plans, prices per currency, and how one can pay."""
        return viewing.plans(self.prices, self.gateways.methods)

    @query(
        schemas.Nothing,
        reply=replies.Subscription,
        callers=PROFESSIONALS,
        prepare=ask_if_no_member,
    )
    def get_subscription(self, tx, request):
        """The subscription of the caller's firm, and what the caller may buy."""
        viewer = member(tx)
        current = storage.get_subscription(tx.session, viewer.firm_id)
        return viewing.subscription(current, viewer, tx.now.date())

    @command(schemas.Subscribe, reply=replies.Order, callers=PROFESSIONALS, prepare=vouched_buyer)
    def subscribe(self, tx, request):
        """Order a year of a plan; the subscription runs from when it is paid."""
        self.gateways.require(request["payment_method"])
        return ordering.subscribe(tx, self.prices, buyer(tx), request)

    # Licenses

    @query(
        schemas.PreviewLicenseOrder,
        reply=replies.LicensePreview,
        callers=PROFESSIONALS,
        prepare=ask_if_no_buyer,
    )
    def preview_license_order(self, tx, request):
        """What licenses would cost, at each level that is open to the firm."""
        return ordering.preview_licenses(tx, self.prices, buyer(tx), request)

    @command(
        schemas.OrderLicenses, reply=replies.Order, callers=PROFESSIONALS, prepare=vouched_buyer
    )
    def order_licenses(self, tx, request):
        """Order licenses for the firm; they exist from when they are paid."""
        self.gateways.require(request["payment_method"])
        return ordering.order_licenses(tx, self.prices, buyer(tx), request)

    # Orders and their payments

    @query(schemas.OneOrder, reply=replies.Order, callers=PROFESSIONALS, prepare=ask_if_no_buyer)
    def get_order(self, tx, request):
        """An order of the caller's firm, with its payments."""
        return storage.get_order(tx.session, buyer(tx).firm_id, **request)

    @query(
        schemas.ListOrders, reply=replies.OrderPage, callers=PROFESSIONALS, prepare=ask_if_no_buyer
    )
    def list_orders(self, tx, request):
        """A page of the firm's orders, the newest first."""
        return storage.list_orders(tx.session, buyer(tx).firm_id, **request)

    @command(schemas.PayOrder, reply=replies.Order, callers=PROFESSIONALS, prepare=vouched_buyer)
    def pay_order(self, tx, request):
        """Pay an order whose payment was declined, by a new payment."""
        self.gateways.require(request["payment_method"])
        firm_id = buyer(tx).firm_id
        return settling.pay_again(tx, firm_id, request["order_id"], request["payment_method"])

    @command(schemas.OneOrder, reply=replies.Order, callers=PROFESSIONALS, prepare=ask_if_no_buyer)
    def cancel_order(self, tx, request):
        """Drop an order that is not paid and that no provider is being asked for."""
        return settling.cancel(tx, buyer(tx).firm_id, **request)

    @command(schemas.ConfirmManualPayment, reply=replies.Payment, callers=OPERATOR)
    def confirm_manual_payment(self, tx, request):
        """Record that the money of an awaited payment has come."""
        return settling.record_confirmation(tx, **request)

    # Receipts and sums

    @query(
        schemas.OneReceipt, reply=replies.Receipt, callers=PROFESSIONALS, prepare=ask_if_no_buyer
    )
    def get_receipt(self, tx, request):
        """A receipt of the caller's firm."""
        return storage.get_receipt(tx.session, buyer(tx).firm_id, **request)

    @query(
        schemas.ListReceipts,
        reply=replies.ReceiptPage,
        callers=PROFESSIONALS,
        prepare=ask_if_no_buyer,
    )
    def list_receipts(self, tx, request):
        """A page of the firm's receipts, the newest first."""
        return storage.list_receipts(tx.session, buyer(tx).firm_id, **request)

    @query(schemas.Nothing, reply=replies.Balance, callers=PROFESSIONALS, prepare=ask_if_no_buyer)
    def get_balance(self, tx, request):
        """What the firm was charged, has open, and got back."""
        who = buyer(tx)
        currency = ordering.currency(tx, self.prices, who)
        return balance(currency, storage.sum_entries(tx.session, who.firm_id, currency))

    @query(
        schemas.ListPayers,
        reply=payer_replies.PayerPage,
        callers=PROFESSIONALS,
        prepare=ask_if_no_buyer,
    )
    def list_payers(self, tx, request):
        """Who pays for which member, since when and until when (S1-38)."""
        return covering.payers(tx, buyer(tx).firm_id, **request)

    # What groups says

    @on_event("groups", "firm_created.v1", schemas.Firm)
    def on_firm_created(self, tx, firm):
        """A new firm starts with a trial (Q15)."""
        founding.take_over(tx, firm, self.prices)

    @on_event("groups", "firm_changed.v1", schemas.Firm)
    def on_firm_changed(self, tx, firm):
        """Receipts carry the firm's present name."""
        storage.project_firm(tx.session, firm)

    @on_event("groups", "firm_closed.v1", schemas.Firm)
    def on_firm_closed(self, tx, firm):
        """Nobody is left in it: nothing renews, and nothing more is charged or asked for."""
        founding.wind_up(tx, firm, self.prices)

    @on_event("groups", "member_joined.v1", schemas.Joined)
    def on_member_joined(self, tx, member):
        """Who may buy and who gets receipts follows the members; the firm pays for this one."""
        storage.project_member(tx.session, member)
        covering.begin(tx, member)

    @on_event("groups", "member_changed.v1", schemas.Member)
    def on_member_changed(self, tx, member):
        """The same for a new role, address or status; a closed account's membership is over."""
        storage.project_member(tx.session, member)
        if member["status"] == "removed":
            covering.end(tx, member)

    @on_event("groups", "member_removed.v1", schemas.Removed)
    def on_member_removed(self, tx, member):
        """Who is gone neither buys nor sees nor gets receipts, and pays for themselves again."""
        storage.project_member(tx.session, member)
        covering.end(tx, member)

    # What nobody asks for

    @job(every=2)
    def collect_payments(self, db):
        """Take the money of orders through their gateways."""
        lease = timedelta(seconds=self.settings["charge_lease"])
        collecting.collect(db, self.gateways, lease)

    @job(every=60, by_clock=True)
    def end_subscriptions(self, db):
        """Renew paid subscriptions whose last day has passed, once; end the others."""
        accounting.end_subscriptions(db, self.prices)
