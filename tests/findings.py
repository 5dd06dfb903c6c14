"""Helper that runs one content check at a moment."""

from editing.findings import ContentCheck, Finding
from tests.moments import IN_THE_TERM, moment


def found(check: ContentCheck, at: str = IN_THE_TERM) -> list[Finding]:
    return list(check(moment(at)))


def said(check: ContentCheck, at: str = IN_THE_TERM) -> str:
    return "\n".join(finding.says for finding in found(check, at))
