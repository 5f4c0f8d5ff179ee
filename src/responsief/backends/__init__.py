"""How it runs. No back end knows another."""
