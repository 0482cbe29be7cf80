"""Plans, subscriptions, license orders, payments and receipts."""
