"""What a ruleset means: types, nodes, and the data that every back end runs on."""
