"""What people see and do, in Chromium, beside running services."""
