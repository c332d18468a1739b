"""The sources below are material for the audit, not tests to run."""

collect_ignore_glob = ["*"]
