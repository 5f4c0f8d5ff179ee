"""Questions about a ruleset that hold for everybody: asked of Z3, every answer checked on the evaluator."""
