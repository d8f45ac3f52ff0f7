"""The guide and the code as they are keep every rule of safety, by its second copy: the quick half of the mutations."""

import oracle


def test_every_rule_of_safety_holds(guide):
    assert list(oracle.violations(guide)) == []
