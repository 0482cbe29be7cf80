"""What tests of the services stand on: nodes, clocks, results."""
