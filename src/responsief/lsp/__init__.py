"""What an editor asks while somebody writes: findings, words to choose from, what something means, where it stands.

Everything here but `server` is a function of texts, a place in them and what was checked; only `server` knows the protocol.
"""
