"""What several suites share: people and firms, made through RPC as real ones are."""
